import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { openSqlAdapter } from '../../../adapters/sql/open-sql.js';
import type { HandClock } from '../../../subgraphs/engine/testing/hand-clock.js';
import { addDays } from '../../../subgraphs/values/dates/calendar.js';

export const TABLE_MAPPING = `interface: market.inspection
title: 检查
owner: { department: market }
feeds: Inspection
source: { connection: market, table: checks }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  date: { column: day, type: Date, format: yyyyMMdd, sorts: asText }
  result: { column: result, type: Code, codes: market/check-result }
  summary: { column: pier }
watermark: { column: changed, format: "yyyy-MM-dd HH:mm:ss", every: 1d, warn: 26h, fail: 72h }
limits: { retries: 0, breaker: false }
probe: { every: 1ms }
`;

const COLUMNS = 'id text, uscc text, day text, result text, pier text, changed text';
/** Rows of a working day, give or take what chance does. */
export const USUAL_ROWS = 100;
const WEEKEND_ROWS = 4;
const NIGHT_HOUR = 3;

/** What a night's batch brings of a day. */
export interface Batch {
  rows: number;
  /** Of every row, or of the so-manieth. */
  result: string | ((row: number) => string);
  uscc: string;
  /** Spells the day. */
  day: (day: string) => string;
  /** How far the rows' times are ahead, in seconds. */
  aheadSeconds: number;
  isSent: boolean;
}

/**
 * A department's table that a batch fills each night with the rows of the day before, through weekends and holidays, as
 * they really come.
 */
export class BatchTable {
  readonly folder = mkdtempSync(join(tmpdir(), 'eg-batch-'));
  readonly file = join(this.folder, 'legacy.sqlite');
  readonly adapter: SourceAdapter;
  readonly clock: HandClock;
  readonly #isWorkingDay: (day: string) => boolean;
  #sentOf: string;
  #next = 0;
  /** Changed by tests. */
  batch: Batch = {
    rows: USUAL_ROWS,
    result: '1',
    uscc: '91330922MA28K00156',
    day: (day) => day.replaceAll('-', ''),
    aheadSeconds: 0,
    isSent: true,
  };
  /** Rows of a day by chance; between -1 and 1. */
  chance: () => number = () => 0;

  /** @param clock stands at the moment at which the table has eight weeks of rows. */
  constructor(clock: HandClock, isWorkingDay: (day: string) => boolean) {
    this.clock = clock;
    this.#isWorkingDay = isWorkingDay;
    this.exec(`create table checks (${COLUMNS})`);
    this.#sentOf = addDays(clock.today(), -57);
    this.turn();
    this.adapter = openSqlAdapter({ dialect: 'sqlite', file: this.file });
  }

  /** Sends what is due by the clock. */
  turn(): void {
    const hour = new Date(this.clock.ms + 8 * 3_600_000).getUTCHours();
    const due = addDays(this.clock.today(), hour >= NIGHT_HOUR ? -1 : -2);
    while (this.#sentOf < due) {
      this.#sentOf = addDays(this.#sentOf, 1);
      if (this.batch.isSent) this.#send(this.#sentOf);
    }
  }

  /** Sends a day's rows, now or again. */
  send(day: string, rows: number): void {
    this.#write(day, rows);
  }

  exec(sql: string): void {
    const database = openQuickly(this.file);
    try {
      database.exec(sql);
    } finally {
      database.close();
    }
  }

  /** The server is gone, or back. */
  goAway(): void {
    renameSync(this.file, `${this.file}.away`);
  }
  comeBack(): void {
    renameSync(`${this.file}.away`, this.file);
  }

  async close(): Promise<void> {
    await this.adapter.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #send(day: string): void {
    const works = this.#isWorkingDay(day);
    const usual = works ? this.batch.rows : Math.min(this.batch.rows, WEEKEND_ROWS);
    this.#write(day, Math.max(0, Math.round(usual + this.chance() * Math.sqrt(usual) * 3)));
  }

  #write(day: string, rows: number): void {
    const { result, uscc, aheadSeconds } = this.batch;
    const night = Date.parse(`${addDays(day, 1)}T03:00:00+08:00`) + aheadSeconds * 1000;
    const changed = new Date(night + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const database = openQuickly(this.file);
    try {
      const insert = database.prepare('insert into checks values (?, ?, ?, ?, ?, ?)');
      database.transaction(() => {
        for (let row = 0; row < rows; row++) {
          this.#next += 1;
          const code = typeof result === 'string' ? result : result(row);
          insert.run(`R${this.#next}`, uscc, this.batch.day(day), code, '北一', changed);
        }
      })();
    } finally {
      database.close();
    }
  }
}

/** A table that need not outlive the machine: no write waits for the disk. */
function openQuickly(file: string): Database.Database {
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  return database;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openEmbeddedStore } from '../../../adapters/snapshot/embedded-store.js';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { SourceUnavailable } from '../../../adapters/source-error.js';
import { openSqlAdapter } from '../../../adapters/sql/open-sql.js';
import { atDepth } from '../../../test/deep.js';
import { HandClock } from '../testing/hand-clock.js';
import { openSmallDepartment, testContext } from '../testing/small-department.js';

/** Minutes. */
const OVERLAP = 10;
const CLOCK_APART = 5;
const LATEST_COMMIT = 4;
const HISTORIES = atDepth(40, 1000);
const STEPS = 7;
const MINUTE_MS = 60_000;

const mappingOf = (table: string): string => `interface: test.${table}
title: t
owner: { department: test }
feeds: Case
source: { connection: legacy, table: ${table} }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  name: { column: name }
watermark: { column: changed, format: 'yyyy-MM-dd HH:mm:ss', every: 1d, warn: 26h, fail: 72h }
snapshot: { every: 5m, changes: 2m, whole: 20m, staleFor: 24h, overlap: ${OVERLAP}m }
limits: { retries: 0, breaker: false }
`;

/** Whole numbers from `least` to `most`, the same for the same seed. */
type Random = (least: number, most: number) => number;

function createRandom(seed: number): Random {
  let state = seed;
  return (least, most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1));
  };
}

/** What a key's row was, from a moment on; null: no row. */
interface State {
  readonly from: number;
  readonly name: string | null;
}

/** One table of a source that is written to, and everything that it ever held. */
class WrittenTable {
  readonly name: string;
  readonly #database: Database.Database;
  readonly #clock: HandClock;
  readonly #random: Random;
  /** The source's clock against the county's. */
  readonly #apartMs: number;
  readonly states = new Map<string, State[]>();

  constructor(name: string, database: Database.Database, clock: HandClock, random: Random) {
    this.name = name;
    this.#database = database;
    this.#clock = clock;
    this.#random = random;
    this.#apartMs = random(-CLOCK_APART, CLOCK_APART) * MINUTE_MS;
    database.exec(`create table ${name} (id text primary key, uscc text, name text, changed text)`);
  }

  /** A few rows are inserted, changed or deleted; some say that they were so a little earlier. */
  write(): void {
    for (let count = this.#random(0, 4); count > 0; count -= 1) {
      const id = String(this.#random(1, 8));
      const isDeleted = this.#random(0, 4) === 0;
      const name = isDeleted ? null : `n${this.#clock.ms}-${this.#random(0, 1_000_000)}`;
      if (name === null) this.#database.prepare(`delete from ${this.name} where id = ?`).run(id);
      else {
        const lateMs = this.#random(0, LATEST_COMMIT) * MINUTE_MS;
        const changed = momentText(this.#clock.ms + this.#apartMs - lateMs);
        this.#database
          .prepare(`insert or replace into ${this.name} values (?, '91330922MA28K00156', ?, ?)`)
          .run(id, name, changed);
      }
      const known = this.states.get(id) ?? [];
      this.states.set(id, [...known, { from: this.#clock.ms, name }]);
    }
  }

  /** Whether a key's row could be so in an answer that says how old it is. */
  allows(id: string, name: string | null, readAt: number, wholeAt: number): boolean {
    const states = [{ from: Number.NEGATIVE_INFINITY, name: null }, ...(this.states.get(id) ?? [])];
    const asRead = states.findLast(({ from }) => from <= readAt);
    // What was deleted goes with the next whole reading, and until then stands as it was read last.
    const since = asRead?.name === null ? Math.min(wholeAt, readAt) : readAt;
    return states.some((state, index) => {
      const until = states[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return state.name === name && until > since && state.from <= this.#clock.ms;
    });
  }
}

function momentText(ms: number): string {
  return new Date(ms + 8 * 60 * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Fails now and then, before or after it has read. */
function unsteady(adapter: SourceAdapter, random: Random): SourceAdapter {
  const gone = new SourceUnavailable('Cannot read: the connection was reset');
  return {
    ...wrap(adapter),
    read: async (request, bounds) => {
      if (random(0, 9) === 0) throw gone;
      const rows = await adapter.read(request, bounds);
      if (random(0, 9) === 0) throw gone;
      return rows;
    },
  };
}

function wrap(adapter: SourceAdapter): SourceAdapter {
  return {
    kind: adapter.kind,
    capabilities: adapter.capabilities,
    describe: (object, bounds) => adapter.describe(object, bounds),
    read: (request, bounds) => adapter.read(request, bounds),
    tally: (request, bounds) => adapter.tally(request, bounds),
    probe: (bounds) => adapter.probe(bounds),
    explain: (request) => adapter.explain(request),
    close: () => adapter.close(),
  };
}

const seed = Number(process.env.SNAPSHOT_SEED ?? Date.now() % 1_000_000);

it(`holds what the source held when it says, whatever happens meanwhile (SNAPSHOT_SEED=${seed})`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-histories-'));
  const file = join(folder, 'legacy.sqlite');
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  const adapter = openSqlAdapter({ dialect: 'sqlite', file });
  const random = createRandom(seed);
  let store = openEmbeddedStore(join(folder, 'snapshots'));
  let answered = 0;
  let failed = 0;
  try {
    for (let history = 0; history < HISTORIES; history += 1) {
      const clock = new HandClock();
      const table = new WrittenTable(`t${history}`, database, clock, random);
      table.write();
      const adapters = new Map([['legacy', unsteady(adapter, random)]]);
      const open = () => {
        const { feed, served } = openSmallDepartment([mappingOf(table.name)], adapters, {
          clock,
          snapshots: store,
        });
        return { feed, snapshot: served[0]?.kept?.snapshot };
      };
      let process = open();
      for (let step = 0; step < STEPS; step += 1) {
        // No two things happen in the same second.
        clock.ms += random(0, 4) * MINUTE_MS + 1000;
        table.write();
        // A process that is killed leaves what it was writing, and the next one begins with what was published.
        if (random(0, 49) === 0) {
          const reading = process.snapshot?.keep();
          await store.close();
          await reading;
          store = openEmbeddedStore(join(folder, 'snapshots'));
          process = open();
        }
        await process.snapshot?.keep();
        const readAt = Date.parse(process.snapshot?.status().version?.readAt ?? '');
        const wholeAt = Date.parse(process.snapshot?.status().version?.wholeAt ?? '');
        const [part] = await process.feed.page(
          { kind: 'Case', where: { all: [] }, orderBy: [], reversed: false, limit: 100, fields: ['name'] },
          testContext(),
        );
        expect(String(process.snapshot?.status().lastFailure ?? '')).toMatch(
          /^$|connection was reset|has been closed/,
        );
        if (part?.data === undefined) {
          failed += 1;
          continue;
        }
        answered += 1;
        expect(Date.parse(part.asOf ?? '')).toBe(Math.floor(readAt / 1000) * 1000);
        const shown = new Map(part.data.rows.map(({ key, values }) => [key[0] ?? '', String(values[0])]));
        for (const id of new Set([...table.states.keys(), ...shown.keys()])) {
          const name = shown.get(id) ?? null;
          const isAllowed = table.allows(id, name, readAt, wholeAt);
          expect({ history, step, id, name, isAllowed }).toEqual({
            history,
            step,
            id,
            name,
            isAllowed: true,
          });
        }
      }
    }
  } finally {
    await store.close();
    await adapter.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  // Most histories have readings that fail; most of them have an earlier one to serve.
  expect(failed).toBeGreaterThan(0);
  expect(answered).toBeGreaterThan(HISTORIES * STEPS * 0.8);
}, 300_000);

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import { Secret } from '../../runtime/config/secret.js';
import { EXAMPLES_OF_ROWS, exampleQuery } from '../county/ask.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { findFreePort } from '../databases/guarded-server.js';
import {
  describeWithClickHouse,
  startClickHouse,
  type TestClickHouse,
} from '../databases/start-clickhouse.js';
import { TurnedClock } from './turned-clock.js';

const COUNTY = { seed: 1, size: 'tiny' } as const;

/** Seconds; longer than a failed reading waits. */
const MINUTE = 60;

/** An answer without what differs from one moment to the next. */
function comparable({ data, errors }: ExecutionResult): unknown {
  const text = JSON.stringify({ data, errors: errors ?? [] }, (key, value: unknown) =>
    ['tookMs', 'asOf', 'endCursor', 'startCursor', 'cursor', 'reason'].includes(key) ? null : value,
  );
  return JSON.parse(text);
}

interface ListedSnapshot {
  readonly name: string;
  readonly snapshot: { readonly version: string | null; readonly rows: number | null } | null;
}

describeWithClickHouse('a county that keeps its snapshots in ClickHouse', () => {
  let clickHouse: TestClickHouse;
  let folder: string;
  let clock: TurnedClock;
  let embedded: StoredCounty;
  let kept: StoredCounty;

  const openKept = (url: string): Promise<StoredCounty> => {
    const { database, user, password } = clickHouse.address;
    const snapshotStore = {
      store: 'clickhouse',
      url,
      database,
      user,
      password: new Secret(password),
    } as const;
    return openSqliteCounty(COUNTY, { snapshotFolder: join(folder, 'unused'), snapshotStore, clock });
  };
  const snapshotsOf = async (county: StoredCounty): Promise<readonly ListedSnapshot[]> => {
    const { data } = await county.ask('{ interfaces { name snapshot { version rows } } }');
    return (data as { interfaces: ListedSnapshot[] }).interfaces.filter(({ snapshot }) => snapshot !== null);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'eg-clickhouse-'));
    clickHouse = await startClickHouse();
    clock = new TurnedClock('2026-06-30');
    embedded = await openSqliteCounty(COUNTY, { snapshotFolder: join(folder, 'embedded'), clock });
    kept = await openKept(clickHouse.address.url);
  }, 180_000);

  afterAll(async () => {
    await kept?.close();
    await embedded?.close();
    await clickHouse?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(EXAMPLES_OF_ROWS)('%s has the same answer as from the embedded store', async (name) => {
    const query = exampleQuery(name);
    expect(comparable(await kept.ask(query))).toEqual(comparable(await embedded.ask(query)));
  });

  it('keeps the same rows of the same interfaces, and nothing on this machine', async () => {
    const rowsOf = (all: readonly ListedSnapshot[]) =>
      all.map(({ name, snapshot }) => [name, snapshot?.rows]);
    const [inClickHouse, inFiles] = [await snapshotsOf(kept), await snapshotsOf(embedded)];
    expect(rowsOf(inClickHouse)).toEqual(rowsOf(inFiles));
    expect(inFiles.length).toBeGreaterThan(2);
    for (const { snapshot } of inClickHouse) expect(snapshot?.version).toMatch(/^snapshot_/);
    expect(readdirSync(folder)).toEqual(['embedded']);
  });

  it('keeps personal numbers sealed there too', async () => {
    const tables = await clickHouse.ask(
      "SELECT table, name FROM system.columns WHERE database = currentDatabase() AND table LIKE 'snapshot%' AND table != 'snapshot_versions'",
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const [table, column] of tables) {
      const [row] = await clickHouse.ask(
        `SELECT countIf(match(\`${column}\`, '^t[1-9][0-9]{16}[0-9Xx]$')) FROM ${table}`,
      );
      expect({ table, column, found: row?.[0] }).toEqual({ table, column, found: '0' });
    }
  });

  it('starts while ClickHouse is away: what it keeps is MISSING, says why, and comes by itself', async () => {
    const port = await findFreePort();
    const away = await openKept(`http://127.0.0.1:${port}`);
    const far = Number(new URL(clickHouse.address.url).port);
    const relay = createServer((near) => {
      near
        .on('error', () => undefined)
        .pipe(connect(far, '127.0.0.1').on('error', () => undefined))
        .pipe(near);
    });
    try {
      const ask = () =>
        away.ask(
          '{ complaints(first: 3) { totalCount coverage { interface state reason } } inspections(first: 1) { totalCount } }',
        );
      const { data, errors } = await ask();
      const { complaints, inspections } = data as {
        complaints: { coverage: { interface: string; state: string; reason: string }[] };
        inspections: { totalCount: number };
      };
      expect(complaints.coverage).toContainEqual({
        interface: 'hotline.ticket',
        state: 'MISSING',
        reason: expect.stringMatching(/快照库暂时不可用.*store of snapshots/),
      });
      expect(inspections.totalCount).toBeGreaterThan(0);
      expect(JSON.stringify(errors)).not.toContain('127.0.0.1');
      await new Promise<void>((resolve) => relay.listen(port, '127.0.0.1', resolve));
      clock.turn(MINUTE);
      let covered = complaints.coverage;
      // As every second in a running county; the first may still join an attempt that began before.
      for (let look = 0; look < 10 && covered.some(({ state }) => state !== 'LIVE'); look += 1) {
        await away.county.keepSnapshots();
        const { data: later } = await ask();
        covered = (later as { complaints: typeof complaints }).complaints.coverage;
      }
      expect(covered).toContainEqual({ interface: 'hotline.ticket', state: 'LIVE', reason: null });
    } finally {
      relay.close();
      await away.close();
    }
  });
});

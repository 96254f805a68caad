import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { buildSchema } from 'graphql';
import { createOriginPools } from '../../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../../gateway/transport/remote-subgraph.js';
import { UNGUARDED } from '../../../gateway/transport/subgraph-guard.js';
import { systemClock } from '../../../runtime/clock.js';
import { HandClock } from '../../../subgraphs/engine/testing/hand-clock.js';
import { createSubgraphServer } from '../../../subgraphs/port/serve-subgraph.js';
import { diskOf, historyOf } from '../../../subgraphs/port/watched-parts.js';
import { BatchTable, TABLE_MAPPING } from '../testing/batch-table.js';
import { openWatchedScene, type WatchedScene } from '../testing/watched-scene.js';
import { judgeDisk, lookAtDisk } from './look-at-disk.js';
import type { HistoryStanding } from './look-at-history.js';
import { lookAtSubgraph } from './look-at-subgraph.js';

const MB = 1024 * 1024;
const NOBODY = { mappings: [], adapters: new Map() };

describe('the process of a subgraph that is gone', () => {
  it('is told within a minute, once, and ends by itself when it answers again', async () => {
    const schema = buildSchema('type Query { a: Int }');
    const serve = async (port: number) => {
      const app = await createSubgraphServer(schema, systemClock);
      await app.listen({ host: '127.0.0.1', port });
      return app;
    };
    let app = await serve(0);
    const { port } = app.server.address() as AddressInfo;
    const pools = createOriginPools();
    const clock = new HandClock();
    const url = `http://127.0.0.1:${port}/graphql`;
    // A breaker would go by the clock on the wall.
    const remote = createRemoteSubgraph({ name: 'market', url, pools, guard: UNGUARDED });
    const scene = await openWatchedScene({ ...NOBODY, clock, parts: [lookAtSubgraph(remote, clock)] });
    try {
      await app.close();
      await scene.live(90);
      app = await serve(port);
      await scene.live(300);
      // It may start later than whoever looks at it.
      expect(await scene.told()).toEqual([]);
      await app.close();
      const { seconds, incident } = await scene.untilTold(120);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(incident).toMatchObject({
        interface: 'subgraph.market',
        cause: 'SUBGRAPH_AWAY',
        severity: 'CRITICAL',
        requestId: expect.stringMatching(/^system-look-subgraph/),
      });
      await scene.live(600);
      app = await serve(port);
      await scene.live(300);
      expect(await scene.open()).toEqual([]);
      expect(await scene.told()).toMatchObject([{ cause: 'SUBGRAPH_AWAY', times: 1 }]);
    } finally {
      await scene.close();
      await app.close();
      await pools.close();
    }
  });
});

/** A disk of one's own, 2 MB large; null where this machine does not let us have one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'eg-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

describe('a disk', () => {
  it.each([
    [0.2, []],
    [0.05, []],
    [0.049, ['WARNING']],
    [0.009, ['CRITICAL']],
    [0, ['CRITICAL']],
  ])('of which %d is free is told as %j', (free, severities) => {
    expect(judgeDisk(free).findings.map(({ severity }) => severity)).toEqual(severities);
  });

  const folder = mountSmallDisk();
  afterAll(() => {
    if (folder === null) return;
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  const itIf = folder === null ? it.skip : it;
  itIf(
    'that is full is told within a minute, though nothing can be written, and ends by itself',
    async () => {
      const disk = folder ?? '';
      const failures: string[] = [];
      const scene = await openWatchedScene({
        ...NOBODY,
        clock: new HandClock(),
        folder: disk,
        parts: [lookAtDisk(diskOf('gateway'), disk)],
        // That it cannot be written follows from the disk.
        history: historyOf('gateway'),
        onFailure: (what) => failures.push(what),
      });
      try {
        await scene.live(300);
        expect(await scene.told()).toEqual([]);
        const filler = join(disk, 'filler');
        expect(() => writeFileSync(filler, Buffer.alloc(2 * MB))).toThrow('ENOSPC');
        expect(statfsSync(disk).bavail).toBe(0);
        const { seconds, incident } = await scene.untilTold(120);
        expect(seconds).toBeLessThanOrEqual(60);
        expect(incident).toMatchObject({
          interface: 'disk.gateway',
          cause: 'DISK_FULL',
          severity: 'CRITICAL',
        });
        expect(failures).toEqual(['history not written']);
        await scene.live(600);
        rmSync(filler);
        await scene.live(1200);
        expect(await scene.open()).toEqual([]);
        expect(await scene.told()).toMatchObject([{ cause: 'DISK_FULL', times: 1 }]);
      } finally {
        await scene.close();
      }
    },
  );
});

describe('a history in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-away-'));
  const clock = new HandClock();
  const table = new BatchTable(clock, () => true);
  const standings: HistoryStanding[] = [];
  let scene: WatchedScene;
  beforeAll(async () => {
    scene = await openWatchedScene({
      mappings: [TABLE_MAPPING],
      adapters: new Map([['market', table.adapter]]),
      clock,
      folder,
      history: historyOf('gateway'),
      onHistory: (standing) => standings.push(standing),
      onFailure: () => undefined,
    });
  });
  afterAll(async () => {
    await scene.close();
    await table.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What somebody does to the file from outside. */
  const inFile = (text: string): void => {
    const file = new Database(join(folder, 'history.sqlite'));
    file.exec(text);
    file.close();
  };

  it.each([
    ['written', 'raw', { writing: false, reading: true }],
    // The incident itself cannot be written then.
    ['read', 'incident', { writing: false, reading: false }],
  ])('that cannot be %s is told within a minute, once, and ends by itself', async (what, name, standing) => {
    await scene.live(3600);
    expect(standings.at(-1)).toEqual({ writing: true, reading: true });
    expect(await scene.open()).toEqual([]);
    inFile(`ALTER TABLE ${name} RENAME TO taken_away`);
    const since = clock.ms;
    await scene.live(60, 10);
    const open = await scene.observer.watch.incidents({ isOpen: true, limit: 10 });
    expect(open).toMatchObject([
      { interface: 'history.gateway', cause: 'HISTORY_AWAY', severity: 'WARNING', times: 1 },
    ]);
    expect(open[0]?.detail).toContain(`cannot be ${what};`);
    expect(standings.at(-1)).toEqual(standing);
    await scene.live(600);
    inFile(`ALTER TABLE taken_away RENAME TO ${name}`);
    await scene.live(300);
    expect(standings.at(-1)).toEqual({ writing: true, reading: true });
    const { id } = open[0] ?? {};
    expect((await scene.told()).filter((one) => one.id === id)).toMatchObject([
      { times: 1, until: expect.any(Number) },
    ]);
    const question = { interface: 'market.inspection', measure: 'REACHABLE', about: null } as const;
    const looks = await scene.observer.watch.history({
      ...question,
      from: since + 1000,
      to: clock.ms + 1000,
    });
    // Every look, also of the time in between.
    expect(looks).toHaveLength(6 + 20 + 10);
  });
});

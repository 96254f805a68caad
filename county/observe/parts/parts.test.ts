import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { createOriginPools } from '../../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../../gateway/transport/remote-subgraph.js';
import { UNGUARDED } from '../../../gateway/transport/subgraph-guard.js';
import { systemClock } from '../../../runtime/clock.js';
import { HandClock } from '../../../subgraphs/engine/testing/hand-clock.js';
import { createSubgraphServer } from '../../../subgraphs/port/serve-subgraph.js';
import { diskOf } from '../../../subgraphs/port/watched-parts.js';
import { openWatchedScene } from '../testing/watched-scene.js';
import { judgeDisk, lookAtDisk } from './look-at-disk.js';
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

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRestConnection } from '../../adapters/rest/open-rest.js';
import { openEmbeddedStore } from '../../adapters/snapshot/embedded-store.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import { type RestService, SERVICE_MAPPING, startRestService } from './testing/service-scene.js';
import { openWatchedScene, type WatchedScene } from './testing/watched-scene.js';

const HOUR = 3600;
let service: RestService;
let folder: string;

beforeEach(async () => {
  service = await startRestService();
  folder = mkdtempSync(join(tmpdir(), 'eg-service-'));
});
afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withService(work: (scene: WatchedScene) => Promise<void>, more = ''): Promise<void> {
  const snapshots = openEmbeddedStore(folder);
  const scene = await openWatchedScene({
    mappings: [
      (more.includes('limits:') ? SERVICE_MAPPING.replace(/^limits:.*\n/m, '') : SERVICE_MAPPING) + more,
    ],
    adapters: new Map([['city', service.adapter]]),
    clock: new HandClock(),
    ...(more.includes('snapshot:') && { snapshots }),
  });
  try {
    await scene.live(HOUR, 120);
    expect(await scene.told()).toEqual([]);
    await work(scene);
  } finally {
    await scene.close();
    await snapshots.close();
  }
}

async function causes(scene: WatchedScene): Promise<readonly string[]> {
  return (await scene.told()).map(({ cause }) => cause);
}

describe('a service', () => {
  it.each([
    [401, 'CREDENTIALS_REFUSED'],
    [503, 'UNREACHABLE'],
    [400, 'REJECTED'],
  ])('that answers %i is told as %s within a minute, once, and ends by itself', (status, cause) =>
    withService(async (scene) => {
      service.behaviour.status = status;
      const { seconds, incident } = await scene.untilTold(120);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(incident).toMatchObject({ cause, severity: 'CRITICAL' });
      service.behaviour.status = 200;
      await scene.live(5 * 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual([cause]);
    }),
  );

  it('that becomes slow is told within a quarter of an hour', () =>
    withService(async (scene) => {
      service.behaviour.delayMs = 700;
      const { seconds, incident } = await scene.untilTold(HOUR);
      expect(seconds).toBeLessThanOrEqual(900);
      expect(incident).toMatchObject({ cause: 'SLOW', severity: 'WARNING' });
      service.behaviour.delayMs = 0;
      await scene.live(HOUR, 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['SLOW']);
    }, 'observe: { slow: 500ms }\n'));

  it('that answers while this process does not listen is not told as slow', () =>
    withService(async (scene) => {
      service.behaviour.delayMs = 20;
      for (let looks = 0; looks < 8; looks++) {
        // The look has been sent by then, and its answer waits.
        setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700), 10);
        await scene.live(120, 120);
      }
      expect(await causes(scene)).toEqual([]);
    }, 'observe: { slow: 500ms }\n'));

  it('whose clock is off is told with the next look', () =>
    withService(async (scene) => {
      service.behaviour.offsetMs = -45_000;
      const { seconds, incident } = await scene.untilTold(600);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(incident).toMatchObject({ cause: 'CLOCK_SKEW', severity: 'WARNING' });
      expect(incident.detail).toContain('慢 4');
      service.behaviour.offsetMs = 0;
      await scene.live(HOUR, 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['CLOCK_SKEW']);
    }));

  it('whose snapshot grows old is told as failing, and as old when it is', () =>
    withService(async (scene) => {
      service.behaviour.status = 503;
      const first = await scene.untilTold(HOUR);
      expect(first.incident).toMatchObject({ cause: 'UNREACHABLE' });
      const { incident } = await scene.untilTold(HOUR);
      expect(incident).toMatchObject({ cause: 'SNAPSHOT_OLD', severity: 'WARNING' });
      // What was read last still serves.
      expect(scene.observer.watch.health('city.event')).toMatchObject({ state: 'AMISS' });
      service.behaviour.status = 200;
      await scene.live(20 * 60);
      expect(await scene.open()).toEqual([]);
      expect(await causes(scene)).toEqual(['UNREACHABLE', 'SNAPSHOT_OLD']);
    }, 'snapshot: { every: 5m, staleFor: 24h }\n'));

  it('is left alone in quiet hours, which nobody tells as a failure', () =>
    withService(async (scene) => {
      service.behaviour.status = 503;
      await scene.live(30 * 60, 60);
      const before = service.answered();
      expect(await scene.told()).toEqual([]);
      expect(scene.observer.watch.health('city.event')).toMatchObject({ state: 'WELL' });
      await scene.live(30 * 60, 60);
      expect(service.answered()).toBe(before);
      await scene.live(HOUR - 60, 60);
      // Only what fails from 15:00 on counts, a minute from now.
      expect((await scene.untilTold(240)).seconds).toBe(90);
    }, 'limits: { retries: 0, breaker: false, quiet: [{ from: "13:00", to: "15:00" }] }\n'));
});

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

(HAS_OPENSSL ? describe : describe.skip)('a certificate that ends', () => {
  it('is told a month before, from the connections that are made anyway', async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '20', ...subject];
    execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const list = JSON.stringify({ list: [{ id: 'E1', uscc: '', day: '20260629' }] });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) =>
      response.setHeader('content-type', 'application/json').end(list),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const trusts = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const adapter = openRestConnection({ dialect: 'rest', url: `https://127.0.0.1:${port}` });
    const clock = new HandClock();
    clock.ms = Date.now();
    const scene = await openWatchedScene({
      mappings: [SERVICE_MAPPING],
      adapters: new Map([['city', adapter]]),
      clock,
    });
    try {
      const { seconds, incident } = await scene.untilTold(60);
      expect(seconds).toBe(30);
      expect(incident).toMatchObject({
        cause: 'CREDENTIALS_ENDING',
        about: 'certificate',
        severity: 'WARNING',
      });
      expect(incident.detail).toContain('还有 19 天');
    } finally {
      if (trusts === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = trusts;
      await scene.close();
      await adapter.close();
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('credentials that end', () => {
  it.each([
    ['2026-07-20', 'WARNING'],
    ['2026-07-03', 'CRITICAL'],
  ])('on %s are told at once', async (day, severity) => {
    const scene = await openWatchedScene({
      mappings: [`${SERVICE_MAPPING}observe: { expires: ${day} }\n`],
      adapters: new Map([['city', service.adapter]]),
      clock: new HandClock(),
    });
    try {
      const { seconds, incident } = await scene.untilTold(60);
      expect(seconds).toBe(30);
      expect(incident).toMatchObject({ cause: 'CREDENTIALS_ENDING', about: 'expires', severity });
      expect(incident.detail).toContain(day);
    } finally {
      await scene.close();
    }
  });
});

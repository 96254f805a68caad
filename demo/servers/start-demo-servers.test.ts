import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildDemo, readDemo } from '../build-demo.js';
import { caseDetailStore } from '../stores/cases/case-detail.js';
import { cityStore } from '../stores/city/city.js';
import { grassrootsStore } from '../stores/grassroots/grassroots.js';
import { healthStore } from '../stores/health/health.js';
import { hotlineStore } from '../stores/hotline/hotline.js';
import { positionsStore } from '../stores/marine/positions.js';
import { legalPersonStore } from '../stores/registry/legal-person.js';
import { waterTransportStore } from '../stores/transport/passenger-trip.js';
import { closeDemoServers, type ServedStores, startDemoServers } from './start-demo-servers.js';

const parent = mkdtempSync(join(tmpdir(), 'eg-servers-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const listeners = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap').length;

describe('startDemoServers()', () => {
  it('runs a server for every store of the county that stands behind one', async () => {
    const folder = join(parent, 'county');
    const stores = [
      legalPersonStore,
      positionsStore,
      caseDetailStore,
      healthStore,
      hotlineStore,
      waterTransportStore,
      grassrootsStore,
      cityStore,
    ];
    await buildDemo({ folder, seed: 2, size: 'tiny', stores });
    const servers = await startDemoServers(folder, readDemo(folder));
    expect([...servers.keys()]).toEqual([
      'legal-person',
      'positions',
      'case-detail',
      'health',
      'hotline',
      'water-transport',
      'grassroots',
      'city',
    ]);
    const statuses = [];
    for (const { url } of servers.values()) statuses.push((await fetch(`${url}/`)).status);
    expect(statuses).toEqual([200, 404, 404, 404, 401, 401, 401, 401]);
    await closeDemoServers(servers);
    for (const { url } of servers.values()) await expect(fetch(url)).rejects.toThrow();
  });

  it('leaves nothing running when a later store is not there', async () => {
    const folder = join(parent, 'half');
    await buildDemo({ folder, seed: 2, size: 'tiny', stores: [hotlineStore] });
    const served: ServedStores = new Map([
      ['hotline', { served: 'rest', file: 'hotline.sqlite' }],
      ['health', { served: 'soap', file: 'nothing.sqlite' }],
    ]);
    const before = listeners();
    await expect(startDemoServers(folder, { served })).rejects.toThrow('nothing.sqlite must exist');
    // A listener that was closed is listed for another turn of the loop.
    for (let look = 0; look < 100 && listeners() !== before; look += 1) await wait(20);
    expect(listeners()).toBe(before);
  });

  it('refuses a system behind the second gateway that it does not know', async () => {
    const served: ServedStores = new Map([['elsewhere', { served: 'if2', file: 'x.sqlite' }]]);
    await expect(startDemoServers(parent, { served })).rejects.toThrow('positions, case-detail');
  });

  it('refuses a service of plain REST that it does not know', async () => {
    const served: ServedStores = new Map([['elsewhere', { served: 'rest', file: 'x.sqlite' }]]);
    await expect(startDemoServers(parent, { served })).rejects.toThrow('hotline, water-transport');
  });
});

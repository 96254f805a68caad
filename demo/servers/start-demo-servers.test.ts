import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo, readDemo } from '../build-demo.js';
import { caseDetailStore } from '../stores/case-detail.js';
import { healthStore } from '../stores/health.js';
import { hotlineStore } from '../stores/hotline.js';
import { legalPersonStore } from '../stores/legal-person.js';
import { positionsStore } from '../stores/positions.js';
import { closeDemoServers, startDemoServers } from './start-demo-servers.js';

const parent = mkdtempSync(join(tmpdir(), 'eg-servers-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('startDemoServers()', () => {
  it('runs a server for every store of the county that stands behind one', async () => {
    const folder = join(parent, 'county');
    const stores = [legalPersonStore, positionsStore, caseDetailStore, healthStore, hotlineStore];
    await buildDemo({ folder, seed: 2, size: 'tiny', stores });
    const servers = await startDemoServers(folder, readDemo(folder));
    expect([...servers.keys()]).toEqual(['legal-person', 'positions', 'case-detail', 'health', 'hotline']);
    const statuses = [];
    for (const { url } of servers.values()) statuses.push((await fetch(`${url}/`)).status);
    expect(statuses).toEqual([200, 404, 404, 404, 401]);
    await closeDemoServers(servers);
    for (const { url } of servers.values()) await expect(fetch(url)).rejects.toThrow();
  });

  it('leaves nothing running when a store is not there', async () => {
    const served = new Map([['hotline', { served: 'rest' as const, file: 'nothing.sqlite' }]]);
    await expect(startDemoServers(parent, { served })).rejects.toThrow();
    const unknown = new Map([['elsewhere', { served: 'if2' as const, file: 'x.sqlite' }]]);
    await expect(startDemoServers(parent, { served: unknown })).rejects.toThrow('positions, case-detail');
  });
});

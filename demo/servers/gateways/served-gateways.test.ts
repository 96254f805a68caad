import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRestConnection } from '../../../adapters/rest/open-rest.js';
import type { CallBounds, SourceAdapter } from '../../../adapters/source-adapter.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import { bindAdapter } from '../../../subgraphs/engine/compile/bind-adapter.js';
import { buildDemo, readDemo } from '../../build-demo.js';
import { caseDetailStore } from '../../stores/cases/case-detail.js';
import { positionsStore } from '../../stores/marine/positions.js';
import { legalPersonStore } from '../../stores/registry/legal-person.js';
import { mappingOf } from '../../stores/testing/decoded-rows.js';
import { generateWorld } from '../../world/generate-world.js';
import { IF1_APP_KEY, IF1_APP_SECRET, IF2_ACCESS_KEY, IF2_SECRET_KEY } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { closeDemoServers, startDemoServers } from '../start-demo-servers.js';

const world = generateWorld({ seed: 4, size: 'tiny' });
const parent = mkdtempSync(path.join(tmpdir(), 'eg-gateways-'));
const BOUNDS: CallBounds = { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 10_000_000 };
let servers: ReadonlyMap<string, DemoServer>;
const opened: SourceAdapter[] = [];

beforeAll(async () => {
  const folder = path.join(parent, 'county');
  const stores = [legalPersonStore, positionsStore, caseDetailStore];
  await buildDemo({ folder, seed: 4, size: 'tiny', stores });
  servers = await startDemoServers(folder, readDemo(folder));
});
afterAll(async () => {
  for (const adapter of opened) await adapter.close();
  await closeDemoServers(servers);
  rmSync(parent, { recursive: true, force: true });
});

function openIf1(connection: string): SourceAdapter {
  const url = servers.get(connection)?.url ?? '';
  const adapter = openRestConnection({ dialect: 'if1', url, appKey: IF1_APP_KEY, appSecret: IF1_APP_SECRET });
  opened.push(adapter);
  return adapter;
}

function openIf2(connection: string): SourceAdapter {
  const url = servers.get(connection)?.url ?? '';
  const adapter = openRestConnection({
    dialect: 'if2',
    url,
    accessKey: IF2_ACCESS_KEY,
    secretKey: IF2_SECRET_KEY,
  });
  opened.push(adapter);
  return adapter;
}

/** The rows whose first column holds one of the values. */
function readBy(
  adapter: SourceAdapter,
  file: string,
  columns: readonly [string, ...string[]],
  values: readonly string[],
): Promise<readonly SourceRow[]> {
  const mapping = mappingOf(file);
  const where = { kind: 'in', column: columns[0], values } as const;
  const request = { from: { name: mapping.interface }, columns, where, orderBy: [], limit: 1000 };
  return bindAdapter(adapter, mapping).read(request, BOUNDS);
}

describe('the gateways, through the adapters of the product', () => {
  it('give legal persons by their codes, with one log-in, and again when the secret ended', async () => {
    const adapter = openIf1('legal-person');
    const held = world.organisations.flatMap(({ uscc }) => (uscc === null ? [] : [uscc])).slice(0, 3);
    const read = () => readBy(adapter, 'registry/legal-person.yaml', ['tyshxydm'], [...held, '无此代码']);
    expect((await read()).map(([code]) => code).sort()).toEqual([...held].sort());
    await servers.get('legal-person')?.inject({ expiredSecret: true });
    expect(await read()).toHaveLength(3);
    expect(servers.get('legal-person')?.requests().byPath.get('/gateway/app/refreshTokenByKey.htm')).toBe(2);
  });

  it('give the last fixes of all vessels in one call', async () => {
    const codes = world.vessels.map(({ vesselCode }) => vesselCode);
    const rows = await readBy(
      openIf2('positions'),
      'marine/latest-position.yaml',
      ['shipCode', 'lon'],
      codes,
    );
    expect(new Set(rows.map(([code]) => code)).size).toBe(world.positions.length);
    expect(servers.get('positions')?.requests().total).toBe(1);
  });

  it('give the details of cases one by one, though the clocks are five minutes apart', async () => {
    const codes = [...world.cases].flatMap(({ heldBy, caseCode }) => (heldBy === 'cases' ? [caseCode] : []));
    await servers.get('case-detail')?.inject({ clockOffsetMs: 300_000 });
    const adapter = openIf2('case-detail');
    const columns = ['caseCode', 'hearing.applied', 'documentCount'] as const;
    const rows = await readBy(adapter, 'cases/case-detail.yaml', columns, [...codes.slice(0, 3), 'none']);
    expect(rows.map(([code]) => code).sort()).toEqual(codes.slice(0, 3).sort());
    for (const [, applied, documents] of rows) {
      expect(applied).toMatch(/^(0|1|是|否)$/);
      expect(documents).toMatch(/^[1-5]$/);
    }
  });
});

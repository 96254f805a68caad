import Database from 'better-sqlite3';
import { systemContext } from '../../county/system-context.js';
import type { Fault } from '../../demo/servers/faults.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import { openTestCounty } from './open-test-county.js';
import { type DemoSystems, openDemoSystems } from './stored-county.js';

let systems: DemoSystems;

beforeAll(async () => {
  systems = await openDemoSystems({ seed: 1, size: 'tiny' });
}, 120_000);
afterAll(async () => {
  await systems?.close();
});

/** What a gateway that nobody asks anything finds out about its sources. */
async function lookAtSources(): Promise<ReadonlyMap<string, InterfaceOutcome>> {
  const { connections, world, registryFile } = systems;
  const opened = await openTestCounty({ connections, today: world.today, registryFile });
  try {
    const outcomes = await opened.county.refreshFreshness(systemContext(opened.clock, 'test', 10_000));
    return new Map(outcomes.map((outcome) => [outcome.interface, outcome]));
  } finally {
    await opened.close();
  }
}

describe('sources that nobody asks', () => {
  it('are all LIVE while they are well, those that answer for keys alone too', async () => {
    const outcomes = await lookAtSources();
    expect([...outcomes.values()].filter(({ state, reason }) => state !== 'LIVE' || reason !== null)).toEqual(
      [],
    );
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['registry.legal-person', 'marine.latest-position', 'cases.case-detail']),
    );
  }, 60_000);

  it.each([
    ['positions', { transport: 'refused' }, 'marine.latest-position', 'SOURCE_UNAVAILABLE'],
    ['legal-person', { status: 401 }, 'registry.legal-person', 'SOURCE_'],
    ['case-detail', { content: 'html' }, 'cases.case-detail', 'SOURCE_MALFORMED'],
    ['health', { status: 403 }, 'health.hygiene-permit', 'SOURCE_'],
    ['water-transport', { content: 'failure' }, 'transport.passenger-trip', 'SOURCE_REJECTED'],
    ['hotline', { transport: 'reset' }, 'hotline.ticket', 'SOURCE_UNAVAILABLE'],
  ] as readonly (readonly [string, Fault, string, string])[])(
    'are MISSING once %s breaks by %j, and nothing else is',
    async (connection, fault, name, code) => {
      const server = systems.servers.get(connection);
      await server?.inject(fault);
      const outcomes = await lookAtSources();
      await server?.inject(null);
      expect(outcomes.get(name)).toMatchObject({ state: 'MISSING', reason: expect.stringContaining(code) });
      const others = [...outcomes.values()].filter(({ department }) => department !== name.split('.')[0]);
      expect(others.filter(({ state }) => state !== 'LIVE')).toEqual([]);
    },
    60_000,
  );

  it('are MISSING when a column that only rows have was renamed', async () => {
    const connection = systems.connections.get('market');
    const file = connection !== undefined && 'file' in connection ? String(connection.file) : '';
    const database = new Database(file);
    database.exec('ALTER TABLE sp_xkz RENAME COLUMN fzjg TO fzjg_old');
    const outcomes = await lookAtSources();
    database.exec('ALTER TABLE sp_xkz RENAME COLUMN fzjg_old TO fzjg');
    database.close();
    expect([...outcomes.values()].filter(({ state }) => state !== 'LIVE')).toMatchObject([
      { interface: 'market.licence', state: 'MISSING', reason: expect.stringContaining('SOURCE_') },
    ]);
  }, 60_000);
});

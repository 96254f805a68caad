import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { feedWatch } from '../../feed/feed-watch.js';
import type { Incident, InterfaceWatch } from '../../port/observation.js';
import { diskOf, subgraphProcess } from '../../port/watched-parts.js';
import { createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub, testContext } from '../testing/open-test-hub.js';

const NOON = Date.parse('2026-06-30T12:00:00+08:00');

function incident(name: string, cause: Incident['cause'], since: number): Incident {
  return {
    id: name,
    interface: name,
    cause,
    about: null,
    severity: 'CRITICAL',
    since,
    until: null,
    detail: '情况。What is.',
    heals: '',
    requestId: null,
    times: 1,
  };
}

function watchOf(all: readonly Incident[]): InterfaceWatch {
  return {
    health: async () => null,
    serviceLevel: async () => null,
    history: async () => [],
    incidents: async ({ interfaces }) => all.filter((one) => interfaces?.includes(one.interface) ?? true),
  };
}

/** A department on another machine, whose disk is full, and a hub that misses the process of another one. */
const market = createArrayFeed('market', [{ name: 'market.inspection', kind: 'Inspection', rows: [] }]);
const ofMarket = watchOf([
  incident('market.inspection', 'LATE', NOON - 2),
  incident(diskOf('market').name, 'DISK_FULL', NOON - 1),
]);
const ofHub = watchOf([incident(subgraphProcess('marine').name, 'SUBGRAPH_AWAY', NOON)]);
const hub = openTestHub(
  [{ ...market, watch: feedWatch(ofMarket, () => ['market.inspection', diskOf('market').name]) }],
  createArrayRegistry([]),
  { all: [diskOf('market'), subgraphProcess('marine')], incidents: ofHub.incidents },
);

async function ask(given: string, departments: readonly string[] | null = null): Promise<readonly string[]> {
  const caller = { ...ANONYMOUS, scope: { townships: null, departments } };
  const context = { ...testContext(), caller };
  const { data, errors } = await hub.ask(`{ incidents${given} { interface cause } }`, {}, context);
  expect(errors).toEqual([]);
  const found = data?.incidents as readonly { readonly interface: string }[] | undefined;
  return found?.map((one) => one.interface) ?? [];
}

describe('incidents', () => {
  it('are of interfaces, processes and disks, wherever they are watched', async () => {
    expect(await ask('')).toEqual(['subgraph.marine', 'disk.market', 'market.inspection']);
    expect(await ask('(where: {interface: ["disk.market"]})')).toEqual(['disk.market']);
  });

  it('tell a department of its interfaces alone', async () => {
    expect(await ask('', ['market'])).toEqual(['market.inspection']);
  });
});

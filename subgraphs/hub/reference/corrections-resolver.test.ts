import { ANONYMOUS } from '../../../runtime/call/caller.js';
import type { FeedPort } from '../../feed/feed.js';
import { feedWatch } from '../../feed/feed-watch.js';
import type { Incident, InterfaceWatch } from '../../port/observation.js';
import { createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub, testContext } from '../testing/open-test-hub.js';

const INCIDENTS: readonly Incident[] = [
  incident('new', { since: '2026-06-29', cause: 'CELLS_UNREADABLE', about: 'date' }),
  incident('old', { since: '2026-05-04', cause: 'KEYS_FAULTY' }),
  incident('mended', { since: '2026-06-01', until: '2026-06-10', cause: 'CODES_UNKNOWN', about: 'result' }),
  incident('a dead source', { since: '2026-06-01', cause: 'UNREACHABLE' }),
];

function incident(
  id: string,
  given: { since: string; until?: string; cause: Incident['cause']; about?: string },
): Incident {
  const at = (day: string): number => Date.parse(`${day}T09:00:00+08:00`);
  return {
    id,
    interface: 'market.inspection',
    cause: given.cause,
    about: given.about ?? null,
    severity: 'WARNING',
    since: at(given.since),
    until: given.until === undefined ? null : at(given.until),
    detail: '情况。What is.',
    heals: '',
    requestId: null,
    times: 1,
  };
}

/** Knows the incidents above, and nothing else. */
const WATCH: InterfaceWatch = {
  health: async () => null,
  serviceLevel: async () => null,
  history: async () => [],
  incidents: async ({ interfaces = [], causes, from, to }) =>
    INCIDENTS.filter(
      (one) =>
        interfaces.includes(one.interface) &&
        (causes?.includes(one.cause) ?? true) &&
        (from === undefined || one.until === null || one.until >= from) &&
        (to === undefined || one.since <= to),
    ),
};

const feed = createArrayFeed('market', [{ name: 'market.inspection', kind: 'Inspection', rows: [] }]);
const watched: FeedPort = { ...feed, watch: feedWatch(WATCH, () => ['market.inspection']) };
const hub = openTestHub([watched], createArrayRegistry([]));

async function ask(given: string, scope?: (typeof ANONYMOUS)['scope']) {
  const caller = scope === undefined ? ANONYMOUS : { ...ANONYMOUS, scope };
  const query = `{ corrections${given} { id department defect field since deadline state correctedAt } }`;
  const { data, errors } = await hub.ask(query, {}, { ...testContext(), caller });
  expect(errors).toEqual([]);
  return data?.corrections as readonly { readonly id: string }[];
}

const ids = (found: readonly { readonly id: string }[]): readonly string[] => found.map(({ id }) => id);

describe('corrections of the graph', () => {
  it('are worked out from what is wrong in data: what is overdue first, then what began first', async () => {
    expect(await ask('')).toEqual([
      {
        id: 'old',
        department: 'market',
        defect: 'KEYS_FAULTY',
        field: null,
        since: '2026-05-04T09:00:00+08:00',
        deadline: '2026-05-18',
        state: 'OVERDUE',
        correctedAt: null,
      },
      expect.objectContaining({ id: 'mended', state: 'CORRECTED', correctedAt: '2026-06-10T09:00:00+08:00' }),
      expect.objectContaining({ id: 'new', state: 'OPEN', field: 'date', deadline: '2026-07-13' }),
    ]);
  });

  it('are filtered by state and defect, and bounded', async () => {
    expect(ids(await ask('(where: { state: [OPEN, CORRECTED] })'))).toEqual(['mended', 'new']);
    expect(ids(await ask('(where: { defect: [CODES_UNKNOWN, UNREACHABLE] })'))).toEqual(['mended']);
    expect(ids(await ask('(first: 1)'))).toEqual(['old']);
    expect(ids(await ask('(where: { department: ["marine"] })'))).toEqual([]);
  });

  it('are as they were at the end of the time asked for, with the working days asked for', async () => {
    const then = await ask('(where: { to: "2026-06-05T00:00:00+08:00" }, workingDays: 30)');
    expect(then).toMatchObject([
      { id: 'old', state: 'OPEN', deadline: '2026-06-15' },
      { id: 'mended', state: 'OPEN', correctedAt: null },
    ]);
  });

  it('are told to nobody whose scope is another department or some townships', async () => {
    expect(await ask('', { departments: ['marine'], townships: null })).toEqual([]);
    expect(await ask('', { departments: null, townships: ['330922100'] })).toEqual([]);
  });

  it.each(['(first: 1001)', '(workingDays: 251)', '(where: { to: "soon" })'])('refuse %s', async (given) => {
    const { errors } = await hub.ask(`{ corrections${given} { id } }`);
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

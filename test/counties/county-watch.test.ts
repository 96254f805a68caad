import type { FeedWatch } from '../../subgraphs/feed/feed-watch.js';
import { createArrayFeed } from '../../subgraphs/hub/testing/array-feed.js';
import { createArrayRegistry } from '../../subgraphs/hub/testing/array-registry.js';
import {
  type Answer,
  openTestHub,
  type TestHub,
  testContext,
} from '../../subgraphs/hub/testing/open-test-hub.js';
import type { Incident } from '../../subgraphs/port/observation.js';
import { type Behaviour, countyFeedOf, offerOf } from './array-counties.js';

const NOON = Date.parse('2026-06-30T12:00:00+08:00');
const HOUR = 3_600_000;

function incident(id: string, name: string, more: Partial<Incident> = {}): Incident {
  return {
    id,
    interface: name,
    cause: 'LATE',
    about: null,
    severity: 'WARNING',
    since: NOON - HOUR,
    until: null,
    detail: '迟。Late.',
    heals: '新数据。News.',
    requestId: null,
    times: 1,
    ...more,
  };
}

/** A department that watches its one interface. */
function department(name: string, incidents: readonly Incident[]) {
  const feed = createArrayFeed(name, [{ name: `${name}.case`, kind: 'Case', rows: [] }]);
  const watch: FeedWatch = {
    health: async () => [
      { interface: `${name}.case`, state: 'AMISS', since: NOON, measurements: [], drop: null },
    ],
    serviceLevel: async (asked) =>
      asked === `${name}.case`
        ? { target: 0.99, uptime: 0.5, budgetLeft: null, burn1h: null, burn6h: null, days: [] }
        : null,
    history: async ({ interface: asked }) =>
      asked === `${name}.case` ? [{ at: NOON, seconds: 0, count: 1, low: 1, high: 1, mean: 1, last: 1 }] : [],
    incidents: async ({ interfaces, isOpen, limit }) =>
      incidents
        .filter((one) => interfaces?.includes(one.interface) ?? true)
        .filter((one) => isOpen === undefined || isOpen === (one.until === null))
        .slice(0, limit),
  };
  return { ...feed, watch };
}

/** A hub with a department of its own, a county, and a city with a county below it. */
async function openScene(): Promise<{ hub: TestHub; behaviour: Behaviour }> {
  const behaviour: Behaviour = {};
  const a = countyFeedOf(
    'a',
    offerOf(
      [department('market', [incident('a1', 'market.case', { since: NOON }), incident('a2', 'other.case')])],
      {},
      behaviour,
    ),
  );
  const low = countyFeedOf('low', offerOf([department('marine', [incident('low1', 'marine.case')])]));
  await low.contact(testContext());
  const city = countyFeedOf('city', offerOf([low]));
  await a.contact(testContext());
  await city.contact(testContext());
  const own = department('health', [incident('o1', 'health.case', { until: NOON })]);
  return { hub: openTestHub([own, a, city], createArrayRegistry([])), behaviour };
}

interface Listed {
  readonly incidents: readonly { readonly id: string }[];
  readonly interfaces: readonly { readonly name: string; readonly state: string | null }[];
}

function idsIn({ data }: Answer): readonly string[] {
  return (data as unknown as Listed).incidents.map(({ id }) => id);
}

const ALL = `{ incidents(first: 9) { id interface } interfaces { name title state sla { uptime } history(measure: REACHABLE, from: "2026-06-01T00:00:00+08:00") { count } } }`;

describe('counties below', () => {
  it('tell how their interfaces are, by the names of this hub', async () => {
    const { hub } = await openScene();
    const { data, errors } = await hub.ask(ALL);
    expect(errors).toEqual([]);
    expect(data?.incidents).toEqual([
      { id: 'a1', interface: 'a/market.case' },
      { id: 'low1', interface: 'city/low/marine.case' },
      { id: 'o1', interface: 'health.case' },
    ]);
    const known = { state: 'AMISS', sla: { uptime: 0.5 }, history: [{ count: 1 }] };
    expect(data?.interfaces).toEqual(
      expect.arrayContaining([
        { name: 'a/market.case', title: expect.stringMatching(/^a县 › /), ...known },
        { name: 'city/low/marine.case', title: expect.stringMatching(/^city县 › low县 › /), ...known },
        { name: 'health.case', title: expect.any(String), ...known },
      ]),
    );
  });

  it('are asked of theirs alone', async () => {
    const { hub } = await openScene();
    const ask = async (where: string): Promise<readonly string[]> =>
      idsIn(await hub.ask(`{ incidents(where: ${where}, first: 9) { id } }`));
    expect(await ask('{interface: ["city/low/marine.case"]}')).toEqual(['low1']);
    expect(await ask('{interface: ["market.case"]}')).toEqual([]);
    expect(await ask('{open: true}')).toEqual(['a1', 'low1']);
    expect(await ask('{department: ["market"]}')).toEqual(['a1']);
  });
});

describe('a county that does not answer', () => {
  it('is named beside what the others know, in less time than a request has', async () => {
    const { hub, behaviour } = await openScene();
    behaviour.hangs = true;
    const started = performance.now();
    const answer = await hub.ask(ALL);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(idsIn(answer)).toEqual(['low1', 'o1']);
    const { data, errors } = answer;
    const states = new Map((data as unknown as Listed).interfaces.map(({ name, state }) => [name, state]));
    expect(states.get('a/market.case')).toBeNull();
    expect(states.get('health.case')).toBe('AMISS');
    expect(errors.map(({ message, path, extensions }) => [extensions.code, path, message])).toEqual([
      [
        'COUNTY_TIMEOUT',
        [expect.stringMatching(/^(?:incidents|interfaces)$/)],
        expect.stringContaining('a县（a）'),
      ],
    ]);
  });

  it('or says something else than agreed, is named as well', async () => {
    const { hub, behaviour } = await openScene();
    behaviour.answer = (answer, { operation }) =>
      operation === 'incidents' ? [{ id: 1, detail: '<b>' }] : answer;
    const { data, errors } = await hub.ask('{ incidents(first: 9) { id } }');
    expect(data?.incidents).toEqual([{ id: 'low1' }, { id: 'o1' }]);
    expect(errors.map(({ path, extensions }) => [extensions.code, path])).toEqual([
      ['COUNTY_MALFORMED', ['incidents']],
    ]);
  });
});

import { openHands } from '../../cli/run/county-hands.js';
import { keepPauses } from '../../county/hands/keep-pauses.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ALL_ROWS, type Caller, withoutHands } from '../../runtime/call/caller.js';
import { refusal } from '../../runtime/errors.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import type { FeedPort } from '../../subgraphs/feed/feed.js';
import { feedHands, forwardedHands } from '../../subgraphs/feed/feed-hands.js';
import type { FeedWatch } from '../../subgraphs/feed/feed-watch.js';
import { createArrayFeed } from '../../subgraphs/hub/testing/array-feed.js';
import { createArrayRegistry } from '../../subgraphs/hub/testing/array-registry.js';
import { openTestHub, type TestHub, testContext } from '../../subgraphs/hub/testing/open-test-hub.js';
import type { HandRequest, Hands } from '../../subgraphs/port/hands.js';
import type { Incident } from '../../subgraphs/port/observation.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { type Behaviour, countyFeedOf, offerOf } from './array-counties.js';

const WANG: Caller = { name: 'idp/wang', role: 'data-centre', scope: ALL_ROWS, hands: true };
const NOON = '2026-06-30T12:00:00+08:00';

/** Those who run one county, and what was recorded of it. */
interface Staff {
  readonly hands: Hands;
  readonly recorded: string[];
  /** What was noted of which incidents. */
  readonly noted: unknown[];
  isAuditAway: boolean;
}

function openStaff(): Staff {
  const clock = new HandClock();
  const { pauses, set } = keepPauses({ folder: null, clock, shared: null });
  const recorded: string[] = [];
  const noted: unknown[] = [];
  const staff = { recorded, noted, isAuditAway: false };
  const hands = openHands({
    clock,
    pauses,
    closed: null,
    record: {
      acting: async ({ action, interface: name, by }) => {
        if (staff.isAuditAway) throw refusal('AUDIT_UNAVAILABLE');
        recorded.push(`${action} ${name} ${by}`);
      },
      failed: ({ action, what, code }) => recorded.push(`${action} ${what} ${code}`),
    },
    set,
    log: null,
    setNotes: async (ids, notes) => {
      noted.push(ids, notes);
      return ids;
    },
    onForwarded: () => undefined,
  });
  return Object.assign(staff, { hands });
}

const INCIDENT: Incident = {
  id: 'i1',
  interface: 'market.case',
  cause: 'LATE',
  about: null,
  severity: 'WARNING',
  since: Date.parse(NOON),
  until: null,
  detail: '迟。Late.',
  heals: '新数据。News.',
  requestId: null,
  times: 1,
};

/** A department that one process serves, and watches. */
function department(name: string, { hands }: Staff): FeedPort {
  const feed = createArrayFeed(name, [{ name: `${name}.case`, kind: 'Case', rows: [] }]);
  const watch: FeedWatch = {
    health: async () => [],
    serviceLevel: async () => null,
    history: async () => [],
    incidents: async () => (name === 'market' ? [INCIDENT] : []),
  };
  return { ...feed, watch, hands: feedHands(hands, feed.interfaces()) };
}

function below(feed: FeedPort, { hands }: Staff): FeedPort {
  return { ...feed, ...(feed.hands !== undefined && { hands: forwardedHands(feed.hands, hands) }) };
}

/** What the county's server believes of callers; see `serve-subgraph.ts`. */
function refusing(port: SubgraphPort): SubgraphPort {
  return {
    ...port,
    execute: (request, context) =>
      port.execute(request, { ...context, caller: withoutHands(context.caller) }),
  };
}

interface Scene {
  readonly hub: TestHub;
  readonly behaviour: Behaviour;
  readonly above: Staff;
  readonly a: Staff;
  readonly city: Staff;
  readonly low: Staff;
}

/** A hub with a department of its own, a county, one that lets nobody above do anything, and a city with a county below it. */
async function openScene(): Promise<Scene> {
  const behaviour: Behaviour = {};
  const [above, a, city, low] = [openStaff(), openStaff(), openStaff(), openStaff()];
  const countyA = countyFeedOf('a', offerOf([department('market', a)], {}, behaviour));
  const closed = countyFeedOf('closed', refusing(offerOf([department('credit', openStaff())])));
  const countyLow = countyFeedOf('low', offerOf([department('marine', low)]));
  await countyLow.contact(testContext());
  const countyCity = countyFeedOf('city', offerOf([below(countyLow, city)]));
  const counties = [countyA, closed, countyCity];
  for (const one of counties) await one.contact(testContext());
  const feeds = [department('health', above), ...counties.map((one) => below(one, above))];
  const hub = openTestHub(feeds, createArrayRegistry([]), undefined, above.hands);
  return { hub, behaviour, above, a, city, low };
}

const asWang = (budgetMs?: number): CallContext => ({ ...testContext(budgetMs), caller: WANG });

const pause = (name: string): string =>
  `mutation { pauseInterface(interface: "${name}", why: "检修", until: "2026-06-30T15:00:00+08:00") { name paused { why by since until } } }`;
const PAUSED = { why: '检修', by: 'idp/wang', since: NOON, until: '2026-06-30T15:00:00+08:00' };

describe('what is done by hand to an interface of a county', () => {
  it('is done there, by its own name, and recorded at both', async () => {
    const { hub, above, a } = await openScene();
    const { data, errors } = await hub.ask(pause('a/market.case'), {}, asWang());
    expect(errors).toEqual([]);
    expect(data).toEqual({ pauseInterface: { name: 'a/market.case', paused: PAUSED } });
    expect(a.hands.of('market.case', 'interface')).toMatchObject({ why: '检修' });
    expect(above.hands.of('a/market.case', 'interface')).toBeNull();
    expect(above.recorded).toEqual(['interface-paused a/market.case idp/wang']);
    expect(a.recorded).toEqual(['interface-paused market.case idp/wang']);
    const listed = await hub.ask('{ interfaces { name paused { why } } }', {}, asWang());
    expect(listed.data?.interfaces).toContainEqual({ name: 'a/market.case', paused: { why: '检修' } });
    expect(listed.data?.interfaces).toContainEqual({ name: 'health.case', paused: null });
    const resume = 'mutation { resumeInterface(interface: "a/market.case", why: "完毕") { paused { why } } }';
    expect((await hub.ask(resume, {}, asWang())).data).toEqual({ resumeInterface: { paused: null } });
    expect(a.hands.of('market.case', 'interface')).toBeNull();
  });

  it('goes through a city to the county below it, which are asked whether they let it', async () => {
    const { hub, city, low } = await openScene();
    const { errors } = await hub.ask(pause('city/low/marine.case'), {}, asWang());
    expect(errors).toEqual([]);
    expect(low.hands.of('marine.case', 'interface')).toMatchObject({ by: 'idp/wang' });
    expect(city.recorded).toEqual(['interface-paused low/marine.case idp/wang']);
    expect(low.recorded).toEqual(['interface-paused marine.case idp/wang']);
  });

  it('may be a note of an incident', async () => {
    const { hub, above, a } = await openScene();
    const note = 'mutation { acknowledgeIncident(id: "i1", why: "已联系科室") { id interface } }';
    const { data, errors } = await hub.ask(note, {}, asWang());
    expect(errors).toEqual([]);
    expect(data).toEqual({ acknowledgeIncident: { id: 'i1', interface: 'a/market.case' } });
    expect(a.noted).toEqual([
      ['i1'],
      { acknowledged: { why: '已联系科室', at: Date.parse(NOON), by: 'idp/wang' } },
    ]);
    expect(above.recorded).toEqual(['incident-acknowledged a/market.case idp/wang']);
  });

  it('is refused here whom this hub does not let, and nothing is sent', async () => {
    const { hub, above, a } = await openScene();
    const { errors } = await hub.ask(pause('a/market.case'), {}, { ...asWang(), caller: withoutHands(WANG) });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect([...above.recorded, ...a.recorded]).toEqual([]);
  });

  it('is refused by a county that does not let it, which is told with what to do', async () => {
    const { hub, above } = await openScene();
    const { data, errors } = await hub.ask(pause('closed/credit.case'), {}, asWang());
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/closed县（closed）.*offer: \{ hands: true \}/),
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
    expect(above.recorded).toEqual([
      'interface-paused closed/credit.case idp/wang',
      'hand-failed interface-paused FORBIDDEN',
    ]);
  });

  it('is not done where either of them cannot record it', async () => {
    const { hub, above, a } = await openScene();
    a.isAuditAway = true;
    const there = await hub.ask(pause('a/market.case'), {}, asWang());
    expect(there.errors).toMatchObject([
      { message: expect.stringContaining('a县（a）'), extensions: { code: 'AUDIT_UNAVAILABLE' } },
    ]);
    a.isAuditAway = false;
    above.isAuditAway = true;
    const here = await hub.ask(pause('a/market.case'), {}, asWang());
    expect(here.errors.map(({ extensions }) => extensions.code)).toEqual(['AUDIT_UNAVAILABLE']);
    expect(a.hands.of('market.case', 'interface')).toBeNull();
    expect(a.recorded).toEqual([]);
  });

  it('is not known to be done where the county does not answer in time, or not as agreed', async () => {
    const { hub, behaviour, above } = await openScene();
    behaviour.hangs = true;
    const late = await hub.ask(pause('a/market.case'), {}, asWang(1500));
    const NOT_KNOWN = { message: expect.stringMatching(/a县（a）.*用 status 查看/) };
    expect(late.errors).toMatchObject([{ ...NOT_KNOWN, extensions: { code: 'COUNTY_TIMEOUT' } }]);
    behaviour.hangs = false;
    behaviour.answer = (answer, { operation }) => (operation === 'hand' ? { reach: 'NOBODY' } : answer);
    const odd = await hub.ask(pause('a/market.case'), {}, asWang());
    expect(odd.errors).toMatchObject([{ ...NOT_KNOWN, extensions: { code: 'COUNTY_MALFORMED' } }]);
    expect(above.recorded.filter((line) => line.startsWith('hand-failed'))).toEqual([
      'hand-failed interface-paused COUNTY_TIMEOUT',
      'hand-failed interface-paused COUNTY_MALFORMED',
    ]);
  });

  it('is told where it holds at one machine of the county alone, and where the county does not say what it holds back', async () => {
    const { hub, behaviour } = await openScene();
    behaviour.answer = (answer, { operation }) =>
      operation === 'hand' ? { reach: 'HERE', ids: [] } : answer;
    const { data, errors } = await hub.ask(pause('a/market.case'), {}, asWang());
    expect(data).toMatchObject({ pauseInterface: { paused: PAUSED } });
    expect(errors).toMatchObject([
      {
        path: ['pauseInterface'],
        message: expect.stringContaining('a/market.case'),
        extensions: { code: 'HANDS_NOT_SHARED' },
      },
    ]);
    behaviour.answer = (answer, { operation }) => (operation === 'held' ? 'nothing' : answer);
    const listed = await hub.ask('{ interfaces { name paused { why } } }', {}, asWang());
    expect(listed.data?.interfaces).toContainEqual({ name: 'a/market.case', paused: null });
    expect(listed.errors).toHaveLength(1);
  });

  it('is checked by the county, whatever is sent', async () => {
    const a = openStaff();
    const port = offerOf([department('market', a)]);
    const send = async (request: unknown, caller: Caller = WANG): Promise<unknown> => {
      const { data, errors } = await port.execute(
        {
          query: 'query Feed($request: FeedMessage!) { _feed(request: $request) }',
          variables: { request: { operation: 'hand', request } },
        },
        { ...testContext(), caller },
      );
      return errors?.[0]?.extensions?.code ?? data?._feed;
    };
    const until = Date.parse('2026-06-30T15:00:00+08:00');
    const hold: HandRequest = {
      kind: 'hold',
      interface: 'market.case',
      held: 'interface',
      why: '检修',
      until,
    };
    expect(await send({ ...hold, interface: 'market.licence' })).toBe('BAD_USER_INPUT');
    expect(await send({ ...hold, until: Date.parse(NOON) })).toBe('BAD_USER_INPUT');
    expect(await send({ ...hold, why: '' })).toBe('BAD_USER_INPUT');
    expect(await send({ ...hold, kind: 'drop' })).toBe('BAD_USER_INPUT');
    expect(await send(hold, withoutHands(WANG))).toBe('FORBIDDEN');
    const elsewhere = { ...WANG, scope: { townships: null, departments: ['marine'] } };
    expect(await send(hold, elsewhere)).toBe('BAD_USER_INPUT');
    expect(a.recorded).toEqual([]);
    expect(await send({ ...hold, until: until + 400 * 86_400_000 })).toEqual({ reach: 'ALL', ids: [] });
    // Nothing is held back for longer than a month, by the county's clock.
    expect(a.hands.of('market.case', 'interface')?.until).toBe(Date.parse(NOON) + 31 * 86_400_000);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS, type RowScope } from '../../runtime/call/caller.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import type { FeedPort } from '../../subgraphs/feed/feed.js';
import { handleFeedMessage } from '../../subgraphs/feed/feed-messages.js';
import { feedWatch } from '../../subgraphs/feed/feed-watch.js';
import { createRemoteFeed } from '../../subgraphs/feed/remote-feed.js';
import { createArrayRegistry } from '../../subgraphs/hub/testing/array-registry.js';
import { openTestHub, type TestHub, testContext } from '../../subgraphs/hub/testing/open-test-hub.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import { parseWorkingDays } from '../../subgraphs/values/dates/parse-working-days.js';
import { BatchTable, TABLE_MAPPING, USUAL_ROWS } from './testing/batch-table.js';
import { openWatchedScene, type WatchedScene } from './testing/watched-scene.js';

const CALENDAR = 'schema/calendar/working-days.yaml';
const { isWorkingDay } = parseWorkingDays(readFileSync(join(findProjectRoot(), CALENDAR), 'utf8'), CALENDAR);
const HOUR = 3600;

let table: BatchTable;
let scene: WatchedScene;
let hub: TestHub;

/** Watched for three hours, of which the source was away for the second. */
beforeAll(async () => {
  table = new BatchTable(new HandClock(), isWorkingDay);
  scene = await openWatchedScene({
    mappings: [TABLE_MAPPING],
    adapters: new Map([['market', table.adapter]]),
    clock: table.clock,
    onTurn: () => table.turn(),
  });
  hub = openTestHub([watchedFeed()], createArrayRegistry([]));
  await scene.live(HOUR, 60);
  table.goAway();
  await scene.live(HOUR, 60);
  table.comeBack();
  await scene.live(HOUR, 60);
}, 60_000);
afterAll(async () => {
  await scene?.close();
  await table?.close();
});

/** As a department's feed is, where it is watched. */
function watchedFeed(): FeedPort {
  const { feed } = scene.department;
  const names = feed.interfaces().map(({ name }) => name);
  return { ...feed, watch: feedWatch(scene.observer.watch, () => names) };
}

const HEALTH = `{ interfaces {
  name state since
  freshness { measure value unit threshold isUpperLimit isStated takenAt }
  volume { day rows byUsual { value about threshold isStated } }
  quality { measure about value }
  drift { missing retyped added }
  quota { about }
  drop { serving { received rows notes } rejected { at reasons examples isSettled } }
  sla { target uptime budgetLeft burn1h burn6h days(last: 2) }
  incidents { cause }
} }`;

describe('what the graph says of an interface that is watched', () => {
  it('is its state, its measurements against what is promised, and how it answered', async () => {
    const { data, errors } = await hub.ask(HEALTH);
    expect(errors).toEqual([]);
    const [one] = (data?.interfaces ?? []) as readonly Record<string, unknown>[];
    expect(one).toMatchObject({
      name: 'market.inspection',
      state: 'WELL',
      since: expect.stringMatching(/^2026-06-30T14:0\d/),
      freshness: {
        measure: 'WATERMARK_AGE',
        value: 12 * HOUR,
        unit: 'SECONDS',
        threshold: 26 * HOUR,
        isUpperLimit: true,
        isStated: true,
        takenAt: '2026-06-30T15:00:00+08:00',
      },
      volume: {
        day: '2026-06-26',
        rows: USUAL_ROWS,
        byUsual: { value: 1, about: '2026-06-26', isStated: false },
      },
      drift: { missing: 0, retyped: 0, added: 0 },
      quota: [],
      drop: null,
      incidents: [{ cause: 'UNREACHABLE' }],
    });
    const measures = ((one?.quality ?? []) as readonly { measure: string; about: string | null }[]).map(
      ({ measure, about }) => `${measure} ${about}`,
    );
    expect(measures).toEqual(
      expect.arrayContaining([
        'UNREADABLE date',
        'UNKNOWN_CODES result',
        'UNRESOLVED null',
        'KEYS_FAULTY null',
      ]),
    );
    const sla = one?.sla as Record<string, unknown>;
    expect(sla.target).toBe(0.99);
    // Away for one hour of three, which is 33 times what 99 % grants.
    expect(sla.uptime).toBeCloseTo(2 / 3, 1);
    expect(sla.days).toEqual([null, expect.closeTo(2 / 3, 1)]);
    expect(sla.burn6h).toBeCloseTo(33, 0);
    expect(sla.burn1h).toBeLessThan(5);
    expect(sla.budgetLeft).toBeLessThan(-30);
  });

  it('is asked for by the names of interfaces', async () => {
    const named = async (names: string) =>
      (await hub.ask(`{ interfaces(name: ${names}) { name } }`)).data?.interfaces;
    expect(await named('["market.inspection", "nobody.here"]')).toEqual([{ name: 'market.inspection' }]);
    expect(await named('[]')).toEqual([]);
    expect(await named('null')).toHaveLength(1);
  });

  it('is its history, in the order of time', async () => {
    const { data, errors } = await hub.ask(
      `{ interfaces { history(measure: REACHABLE, from: "2026-06-30T12:00:00+08:00") { at seconds count mean } } }`,
    );
    expect(errors).toEqual([]);
    const [one] = (data?.interfaces ?? []) as readonly { history: readonly { at: string; mean: number }[] }[];
    const points = one?.history ?? [];
    expect(points).toHaveLength(180);
    expect(points[0]).toEqual({ at: '2026-06-30T12:01:00+08:00', seconds: 0, count: 1, mean: 1 });
    expect(points.filter(({ mean }) => mean === 0)).toHaveLength(60);
  });

  it('is what was amiss, by cause, interface and time, with what ends it', async () => {
    const ask = async (where: string) => {
      const { data, errors } = await hub.ask(
        `{ incidents(where: ${where}) { interface cause severity since until detail heals requestId times } }`,
      );
      expect(errors).toEqual([]);
      return data?.incidents as readonly Record<string, unknown>[];
    };
    expect(await ask('{ cause: [UNREACHABLE], department: ["market"] }')).toEqual([
      {
        interface: 'market.inspection',
        cause: 'UNREACHABLE',
        severity: 'CRITICAL',
        since: '2026-06-30T13:01:00+08:00',
        until: expect.stringMatching(/^2026-06-30T14:0/),
        detail: expect.stringMatching(/^数据源不应答。/),
        heals: expect.stringContaining('两分钟'),
        requestId: 'system-look',
        times: 1,
      },
    ]);
    expect(await ask('{ open: true }')).toEqual([]);
    expect(await ask('{ severity: WARNING }')).toEqual([]);
    expect(await ask('{ interface: ["marine.vessel"] }')).toEqual([]);
    expect(await ask('{ to: "2026-06-30T13:00:00+08:00" }')).toEqual([]);
    expect(await ask('{ from: "2026-06-30T13:30:00+08:00" }')).toHaveLength(1);
  });

  it.each([
    ['{ incidents(where: { from: "yesterday" }) { id } }', 'where.from'],
    ['{ incidents(first: 1001) { id } }', 'first'],
    ['{ interfaces { sla { days(last: 91) } } }', 'last'],
    ['{ interfaces { history(measure: REACHABLE, from: "x") { at } } }', 'from'],
  ])('refuses %s', async (query, argument) => {
    const { errors } = await hub.ask(query);
    expect(errors[0]?.message).toContain(argument);
  });
});

describe('callers whose scope is limited', () => {
  const as = (scope: RowScope) =>
    hub.ask(
      '{ interfaces { name state sla { uptime } history(measure: REACHABLE, from: "2026-06-30T12:00:00+08:00") { at } incidents { id } } incidents { id } }',
      {},
      { ...testContext(), caller: { ...ANONYMOUS, scope } },
    );
  const NOTHING = { state: null, sla: null, history: null, incidents: null };

  it('are told nothing of how interfaces of other departments are, nor of all townships', async () => {
    for (const scope of [
      { departments: ['marine'], townships: null },
      { departments: null, townships: ['330922100'] },
    ]) {
      const { data } = await as(scope);
      expect(data).toMatchObject({ interfaces: [NOTHING], incidents: [] });
    }
  });

  it('are told of their own', async () => {
    const { data } = await as({ departments: ['market'], townships: null });
    expect(data).toMatchObject({ interfaces: [{ state: 'WELL' }] });
    expect(data?.incidents).toHaveLength(1);
  });
});

describe('a department on another machine that watches', () => {
  it('tells the same over the wire', async () => {
    const schema = buildSchema('scalar FeedMessage type Query { _feed(request: FeedMessage!): FeedMessage }');
    const field = schema.getQueryType()?.getFields()._feed;
    if (field === undefined) throw new Error('the schema has no _feed');
    field.resolve = async (_parent: unknown, { request }: { request: unknown }, context: CallContext) =>
      JSON.parse(JSON.stringify(await handleFeedMessage(watchedFeed(), request, context)));
    const remote = createRemoteFeed(
      createLocalSubgraph('market', schema),
      scene.department.feed.interfaces(),
    );
    const far = openTestHub([remote], createArrayRegistry([]));
    const HISTORY =
      '{ interfaces { history(measure: REACHABLE, from: "2026-06-30T12:00:00+08:00") { at mean } } }';
    const INCIDENTS =
      '{ incidents(where: { severity: CRITICAL, open: false }) { id cause since until detail } }';
    for (const query of [HEALTH, HISTORY, INCIDENTS]) {
      const { data, errors } = await far.ask(query);
      expect(errors).toEqual([]);
      expect(data).toEqual((await hub.ask(query)).data);
    }
  });
});

describe('where nobody watches', () => {
  it('the graph says nothing, and no number', async () => {
    const { data, errors } = await openTestHub([scene.department.feed], createArrayRegistry([])).ask(HEALTH);
    expect(errors).toEqual([]);
    expect(data?.interfaces).toMatchObject([
      {
        state: null,
        freshness: null,
        volume: null,
        quality: null,
        drift: null,
        quota: null,
        sla: null,
        incidents: null,
      },
    ]);
  });
});

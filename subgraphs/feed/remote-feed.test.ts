import { buildSchema, type ExecutionResult } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { standingOf } from '../hub/fan/folded-feed.js';
import { createArrayFeed } from '../hub/testing/array-feed.js';
import { testContext } from '../hub/testing/open-test-hub.js';
import type { RowCondition } from '../kinds/row-condition.js';
import { createLocalSubgraph } from '../port/local-subgraph.js';
import type { SubgraphPort } from '../port/subgraph-port.js';
import type { FeedPageRequest } from './feed.js';
import { handleFeedMessage } from './feed-messages.js';
import { createRemoteFeed, readRemoteInterfaces } from './remote-feed.js';

const feed = createArrayFeed('market', [
  {
    name: 'market.case',
    kind: 'Case',
    facet: {
      path: 'market.cases',
      list: true,
      shared: false,
      order: [{ field: 'filedAt', direction: 'desc' }],
      fields: [
        { name: 'stage', type: 'Code', enum: 'CaseStage', words: '阶段', level: 'L1' },
        { name: 'number', type: 'Text', words: '文号', level: 'L2', documentNumber: true },
        { name: 'party', type: 'Text', words: '当事人', level: 'L3', person: true },
        { name: 'township', type: 'Text', words: '乡镇', level: 'L1', township: true },
      ],
    },
    rows: [
      { key: ['1'], subject: 'uscc:A', values: { filedAt: '2026-01-01', fine: '1.50', penalties: ['FINE'] } },
      { key: ['2'], subject: null, values: { filedAt: null, postponed: true } },
    ],
  },
]);

/** A department whose answers cross the wire as JSON. */
function overWire(answer: (request: unknown, context: CallContext) => unknown): SubgraphPort {
  const schema = buildSchema('scalar FeedMessage type Query { _feed(request: FeedMessage!): FeedMessage }');
  const field = schema.getQueryType()?.getFields()._feed;
  if (field !== undefined) {
    field.resolve = (_parent: unknown, args: { request?: unknown }, context: CallContext) =>
      answer(args.request, context);
  }
  const local = createLocalSubgraph('market', schema);
  const overJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  return {
    ...local,
    execute: async (request, context): Promise<ExecutionResult> =>
      overJson(await local.execute(overJson(request), context)),
  };
}

const department = overWire((request, context) => handleFeedMessage(feed, request, context));
const context = testContext();
const PAGE: FeedPageRequest = {
  kind: 'Case',
  where: { all: [] },
  orderBy: [{ field: 'filedAt', direction: 'asc' }],
  reversed: false,
  after: { keys: ['2025-01-01'], interface: 'market.case', key: ['0'] },
  limit: 10,
  fields: ['filedAt', 'fine', 'penalties', 'postponed'],
};

describe('createRemoteFeed()', () => {
  const remote = createRemoteFeed(department, feed.interfaces());

  it('answers what the department itself answers', async () => {
    expect(await remote.page(PAGE, context)).toEqual(await feed.page(PAGE, context));
    const tally = {
      kind: 'Case',
      where: PAGE.where,
      by: [{ field: 'filedAt', truncate: 'month' }, { subject: true }],
      measures: [{ field: 'fine' }, { field: 'overdue' }, { days: { from: 'filedAt', to: 'decidedAt' } }],
    } as const;
    expect(await remote.tally(tally, context)).toEqual(await feed.tally(tally, context));
    expect(await remote.freshness(context)).toEqual(await feed.freshness(context));
    expect(await readRemoteInterfaces(department, context)).toEqual(feed.interfaces());

    const found = (await feed.freshness(context)).map((one) => ({
      ...one,
      lookedAt: '2026-06-30T12:00:00+08:00',
    }));
    const looked = overWire((request, at) =>
      handleFeedMessage({ ...feed, standing: async () => found }, request, at),
    );
    expect(await createRemoteFeed(looked, feed.interfaces()).standing?.(context)).toEqual(found);
  });

  it.each<RowCondition>([
    {
      not: {
        any: [
          { field: 'stage', in: ['FILED'] },
          { field: 'jointCheck', in: [true] },
        ],
      },
    },
    { field: 'filedAt', from: '2026-01-01' },
    { field: 'fine', to: '10' },
    { field: 'decidedAt', isNull: false },
    { field: 'name', contains: '渔' },
    { field: 'decisionNo', sameNumber: '1' },
    { subject: ['uscc:A'] },
    { ids: ['market.case:1'] },
    { interface: ['market.case'] },
    { field: 'name', startsWith: '渔' },
  ])('carries the filter %j unchanged', async (where) => {
    feed.calls.length = 0;
    await remote.page({ ...PAGE, where }, context);
    expect(feed.calls.map(({ request }) => request)).toEqual([{ ...PAGE, where }]);
  });

  it.each([
    ['is not there', () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1')), 'SUBGRAPH_UNAVAILABLE'],
    ['answers rubbish', () => [{ interface: 'market.case' }], 'SUBGRAPH_MALFORMED'],
    ['answers nothing', () => null, 'SUBGRAPH_MALFORMED'],
  ])('makes its interfaces MISSING when the department %s', async (_what, answer, code) => {
    const broken = createRemoteFeed(overWire(answer), feed.interfaces());
    const missing = [
      { interface: 'market.case', state: 'MISSING', reason: expect.stringMatching(`^${code}: `) },
    ];
    expect(await broken.page(PAGE, context)).toMatchObject(missing);
    expect(await broken.freshness(context)).toMatchObject(missing);
    expect(await standingOf(broken, context)).toMatchObject([{ interface: 'market.case', state: 'MISSING' }]);
    expect(await broken.page({ ...PAGE, kind: 'Licence' }, context)).toEqual([]);
  });
});

describe('handleFeedMessage()', () => {
  it.each([
    [null, 'request'],
    [{ operation: 'drop' }, 'request.operation'],
    [{ operation: 'page', request: { ...PAGE, limit: 1e9 } }, 'request.request.limit'],
    [
      { operation: 'page', request: { ...PAGE, where: { field: 'date', near: 'x' } } },
      'request.request.where',
    ],
    [{ operation: 'page', request: { ...PAGE, where: { all: [], any: [] } } }, 'request.request.where'],
    [{ operation: 'page', request: { ...PAGE, oops: 1 } }, 'request.request'],
  ])('refuses %j, and says where', async (message, place) => {
    await expect(handleFeedMessage(feed, message, context)).rejects.toMatchObject({
      message: expect.stringContaining(`${place}：`),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

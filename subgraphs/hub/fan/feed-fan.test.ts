import type { FeedPort } from '../../feed/feed.js';
import { createArrayFeed } from '../testing/array-feed.js';
import { testContext } from '../testing/open-test-hub.js';
import { createFeedFan } from './feed-fan.js';

const REQUEST = {
  kind: 'Case',
  where: { all: [] },
  by: [],
  measures: [],
  interfaces: ['market.case', 'marine.case'],
} as const;

const row = { key: ['1'], subject: null, values: {} };
const market = createArrayFeed('market', [{ name: 'market.case', kind: 'Case', rows: [row] }]);
const marine = createArrayFeed('marine', [{ name: 'marine.case', kind: 'Case', rows: [row] }]);

describe('createFeedFan()', () => {
  it.each([
    ['rejects', () => Promise.reject(new Error('secret host 10.0.0.1')), 'SUBGRAPH_UNAVAILABLE'],
    [
      'throws',
      () => {
        throw new Error('secret host 10.0.0.1');
      },
      'SUBGRAPH_UNAVAILABLE',
    ],
    ['hangs', () => new Promise<never>(() => undefined), 'SUBGRAPH_TIMEOUT'],
    ['forgets its interface', () => Promise.resolve([]), 'SUBGRAPH_MALFORMED'],
  ])('keeps the others when a department %s', async (_what, tally, code) => {
    const broken: FeedPort = { ...marine, tally };
    const context = testContext(400);
    const parts = await createFeedFan([broken, market]).tally(REQUEST, context);
    expect(Date.now()).toBeLessThan(context.deadline);
    expect(parts).toMatchObject([
      {
        interface: 'marine.case',
        department: 'marine',
        state: 'MISSING',
        reason: expect.stringMatching(`^${code}: `),
      },
      { interface: 'market.case', state: 'LIVE', data: [{ count: 1 }] },
    ]);
    expect(JSON.stringify(parts)).not.toContain('secret');
  });

  it('does not call a department that has nothing to give', async () => {
    market.calls.length = 0;
    await createFeedFan([marine, market]).tally({ ...REQUEST, interfaces: ['marine.case'] }, testContext());
    expect(market.calls).toEqual([]);
  });

  it('refuses two interfaces of the same name', () => {
    expect(() => createFeedFan([market, market])).toThrow('market.case is offered by market and by market');
  });
});

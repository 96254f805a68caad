import type { FeedTallyRequest } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { createArrayFeed } from '../testing/array-feed.js';
import { testContext } from '../testing/open-test-hub.js';
import { createFeedFan } from './feed-fan.js';
import { shareTallies } from './share-tallies.js';

const IN_JUNE: RowCondition = { field: 'date', from: '2026-06-01', to: '2026-06-30' };
const JOINT: RowCondition = { not: { field: 'jointCheck', in: [true] } };

const asked = (where: RowCondition, by: FeedTallyRequest['by'] = [{ subject: true }]) => ({
  kind: 'Inspection' as const,
  where,
  by,
  measures: [],
  interfaces: ['market.inspection'],
});

function openFan() {
  const rows = [{ key: ['1'], subject: 'uscc:A', values: { date: '2026-06-02' } }];
  const feed = createArrayFeed('market', [{ name: 'market.inspection', kind: 'Inspection', rows }]);
  return { feed, fan: shareTallies(createFeedFan([feed])) };
}

describe('shareTallies()', () => {
  it('asks departments once for what one request counts at several places, however its conjunctions are nested', async () => {
    const { feed, fan } = openFan();
    const context = testContext();
    const [first, second] = await Promise.all([
      fan.tally(asked({ all: [{ all: [IN_JUNE] }, JOINT] }), context),
      fan.tally(asked({ all: [IN_JUNE, { all: [JOINT, { all: [] }] }] }), context),
    ]);
    const third = await fan.tally(asked({ all: [IN_JUNE, JOINT] }), context);
    expect(feed.calls).toHaveLength(1);
    expect([second, third]).toEqual([first, first]);
    expect(first?.[0]?.data).toEqual([{ key: ['uscc:A'], count: 1, measures: [] }]);
  });

  it('asks them for each that differs in its filter or its dimensions', async () => {
    const { feed, fan } = openFan();
    const context = testContext();
    await fan.tally(asked({ all: [IN_JUNE, JOINT] }), context);
    await fan.tally(asked(IN_JUNE), context);
    await fan.tally(asked({ any: [IN_JUNE, JOINT] }), context);
    await fan.tally(asked({ all: [IN_JUNE, JOINT] }, []), context);
    expect(feed.calls).toHaveLength(4);
  });

  it('asks them anew for another request, and for single subjects', async () => {
    const { feed, fan } = openFan();
    const context = testContext();
    await fan.tally(asked(IN_JUNE), context);
    await fan.tally(asked(IN_JUNE), testContext());
    expect(feed.calls).toHaveLength(2);
    const ofOne: RowCondition = { all: [{ subject: ['uscc:A'] }, IN_JUNE] };
    await fan.tally(asked(ofOne), context);
    await fan.tally(asked(ofOne), context);
    expect(feed.calls).toHaveLength(4);
  });
});

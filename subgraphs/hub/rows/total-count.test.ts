import { createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const row = { key: ['1'], subject: 'uscc:A', values: { department: 'MARKET', stage: 'CLOSED' } };
const market = { name: 'market.case', kind: 'Case' as const, rows: [row], fields: ['department', 'stage'] };
const hub = openTestHub([createArrayFeed('market', [market])], createArrayRegistry([]));

/** No interface maps the day of payment. */
const NOWHERE = '{paidAtPresent: true}';

describe('totalCount', () => {
  it('is 0 where no interface can hold what is asked for', async () => {
    const { data, errors } = await hub.ask(`{
      none: cases(where: ${NOWHERE}) { totalCount nodes { id } }
      some: cases(where: {not: ${NOWHERE}}) { totalCount }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({ none: { totalCount: 0, nodes: [] }, some: { totalCount: 1 } });
  });
});

import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const values = { department: 'MARKET', caseCode: 'A1', decisionNo: '决1', stage: 'SERVED' };
const listed: ArrayInterface = {
  name: 'cases.case',
  kind: 'Case',
  rows: [{ key: ['1'], subject: 'uscc:A', values }],
};
/** Holds another case of the same subject, but gives it only to who asks for it. */
const asked: ArrayInterface = {
  name: 'cases.detail',
  kind: 'Case',
  rows: [{ key: ['2'], subject: 'uscc:A', values: { ...values, caseCode: 'B2', decisionNo: '决2' } }],
  lookupOnly: true,
  askedNumbers: ['caseCode', 'decisionNo'],
};
const inspections: ArrayInterface = {
  name: 'market.inspection',
  kind: 'Inspection',
  rows: [{ key: ['1'], subject: null, values: { department: 'MARKET', caseNumber: 'B2' } }],
};
const feed = createArrayFeed('cases', [listed, asked, inspections]);
const subject = {
  id: 'uscc:A',
  keys: ['uscc:A'],
  kind: 'ORGANISATION',
  name: '甲',
  township: null,
  industry: null,
  state: null,
  owners: [],
} as const;
const hub = openTestHub([feed], createArrayRegistry([subject]));

beforeEach(() => {
  feed.calls.length = 0;
  asked.down = false;
});

async function ask(query: string, variables: object = {}): Promise<Readonly<Record<string, unknown>>> {
  const { data, errors } = await hub.ask(query, { ...variables });
  expect(errors).toEqual([]);
  return data ?? {};
}

const NODES = '{ nodes { caseCode } totalCount coverage { interface state } }';
const LISTED_ONLY = {
  nodes: [{ caseCode: 'A1' }],
  totalCount: 1,
  coverage: [{ interface: 'cases.case', state: 'LIVE' }],
};
const BOTH = {
  totalCount: 2,
  coverage: [
    { interface: 'cases.case', state: 'LIVE' },
    { interface: 'cases.detail', state: 'LIVE' },
  ],
};

describe('an interface that answers for keys alone', () => {
  it.each([
    `cases`,
    `cases(where: { stage: [SERVED] })`,
    `cases(where: { not: { caseCode: "C3" } })`,
    `cases(where: { or: [{ caseCode: "A1" }, { stage: [SERVED] }] })`,
    // Its source cannot be asked by that number.
    `cases(where: { or: [{ caseCode: "A1" }, { inspectionNumber: "JC1" }] })`,
  ])('takes no part in %s, and is not called missing', async (field) => {
    const { cases } = await ask(`{ ${field} ${NODES} }`);
    expect(cases).toEqual(LISTED_ONLY);
  });

  it.each([
    `cases(where: { subject: { id: ["uscc:A"] }, stage: [SERVED] })`,
    `cases(where: { or: [{ caseCode: "A1" }, { decisionNo: "决2" }] })`,
  ])('takes part in %s', async (field) => {
    const { cases } = await ask(`{ ${field} ${NODES} }`);
    expect(cases).toMatchObject(BOTH);
  });

  it('takes part in the list of a subject, in a row asked for by its id, and in the link of a number', async () => {
    const { _entities } = await ask(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) {
        ... on Subject { cases ${NODES} }
        ... on Case { caseCode }
        ... on Inspection { case { caseCode } }
      } }`,
      {
        refs: [
          { __typename: 'Subject', id: 'uscc:A', keys: ['uscc:A'] },
          { __typename: 'Case', id: 'cases.detail:2' },
          { __typename: 'Inspection', id: 'market.inspection:1' },
        ],
      },
    );
    expect(_entities).toMatchObject([{ cases: BOTH }, { caseCode: 'B2' }, { case: { caseCode: 'B2' } }]);
  });

  it('takes no part in statistics without a name, and does with one', async () => {
    const { all, one } = await ask(`{
      all: caseStats(by: []) { buckets { count } }
      one: caseStats(by: [], where: { subject: { id: ["uscc:A"] } }) { buckets { count } }
    }`);
    expect([all, one]).toEqual([{ buckets: [{ count: 1 }] }, { buckets: [{ count: 2 }] }]);
  });

  it('takes part in a semi-join only for subjects that the query itself names', async () => {
    const match = 'edges { match { caseCount } }';
    const { found, named } = await ask(`{
      found: subjects(where: { and: [{ cases: {} }, { cases: { unpaid: true, count: { lte: 0 } } }] }) { ${match} }
      named: subjects(where: { id: ["uscc:A"], cases: {} }) { ${match} }
    }`);
    expect(found).toEqual({ edges: [{ match: { caseCount: 1 } }] });
    expect(named).toEqual({ edges: [{ match: { caseCount: 2 } }] });
    const joined = feed.calls.filter(({ request }) => JSON.stringify(request.where).includes('unpaid'));
    expect(joined.map(({ request }) => request.interfaces)).toEqual([['cases.case']]);
  });
});

import type { FeedPort } from '../../feed/feed.js';
import { createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const SHOP = 'uscc:A';
const registry = createArrayRegistry([
  {
    id: SHOP,
    keys: [SHOP],
    kind: 'ORGANISATION',
    name: '海晏',
    township: null,
    industry: null,
    state: null,
    owners: [],
  },
]);

describe('an interface that lacks a field', () => {
  const FIELDS: Readonly<Record<string, readonly string[]>> = {
    whole: ['department', 'stage', 'fine', 'decidedAt', 'publishedAt', 'filedAt'],
    'no-fine': ['department', 'stage', 'decidedAt', 'publishedAt', 'filedAt'],
    undecided: ['department', 'stage', 'fine', 'filedAt'],
    unpublished: ['department', 'stage', 'fine', 'decidedAt', 'filedAt'],
  };
  const names = Object.keys(FIELDS);
  const row = {
    key: ['1'],
    subject: null,
    values: { department: 'MARKET', stage: 'DECIDED', filedAt: '2026-06-01' },
  };
  const feed = createArrayFeed(
    'county',
    Object.entries(FIELDS).map(([name, fields]) => ({ name, kind: 'Case', fields, rows: [row] })),
  );
  const hub = openTestHub([feed], registry);
  const but = (...lacking: readonly string[]): readonly string[] =>
    names.filter((name) => !lacking.includes(name));

  it.each([
    ['{ decided: true }', but('undecided')],
    ['{ decided: false }', names],
    ['{ not: { decided: true } }', names],
    ['{ not: { decided: false } }', but('undecided')],
    ['{ unpaid: true }', but('no-fine')],
    ['{ unpaid: false }', names],
    ['{ fine: { from: "0" } }', but('no-fine')],
    ['{ publicationLate: {} }', ['no-fine', 'whole']],
    ['{ not: { publicationLate: {} } }', names],
    ['{ or: [{ publicationLate: {} }, { unpaid: true }] }', ['no-fine', 'undecided', 'unpublished', 'whole']],
    ['{ and: [{ unpaid: true }, { decided: true }] }', ['unpublished', 'whole']],
    ['{ team: ["一队"] }', []],
  ])('takes no part in the list where no row of it can satisfy %s', async (where, expected) => {
    feed.calls.length = 0;
    const { data, errors } = await hub.ask(
      `{ cases(where: ${where}) { nodes { id } totalCount coverage { interface } } caseStats(where: ${where}, by: []) { coverage { interface } } }`,
    );
    expect(errors).toEqual([]);
    const coverage = [...expected].sort().map((name) => ({ interface: name }));
    expect(data).toMatchObject({ cases: { coverage }, caseStats: { coverage } });
    for (const { request } of feed.calls)
      expect([...(request.interfaces ?? [])].sort()).toEqual([...expected].sort());
  });
});

describe('the coverage of a list', () => {
  const rows = ['1', '2', '3'].map((key) => ({
    key: [key],
    subject: SHOP,
    values: { department: 'MARKET' },
  }));
  const market = createArrayFeed('market', [{ name: 'market.case', kind: 'Case', rows }]);
  const marine = createArrayFeed('marine', [{ name: 'marine.case', kind: 'Case', rows }]);
  const gone = (): Promise<never> => Promise.reject(new Error('gone'));
  const ask = async (feeds: readonly FeedPort[], selection: string) => {
    const { data, errors } = await openTestHub(feeds, registry).ask(`{ cases(first: 4) { ${selection} } }`);
    expect(errors).toEqual([]);
    return data?.cases;
  };
  const coverage = 'coverage { interface state rows }';

  it('counts the rows of the page, not those of the total, where both are asked for', async () => {
    expect(await ask([market, marine], `totalCount nodes { id } ${coverage}`)).toMatchObject({
      totalCount: 6,
      coverage: [
        { interface: 'marine.case', state: 'LIVE', rows: 1 },
        { interface: 'market.case', state: 'LIVE', rows: 3 },
      ],
    });
    expect(await ask([market, marine], `totalCount ${coverage}`)).toMatchObject({
      coverage: [{ rows: 3 }, { rows: 3 }],
    });
  });

  it('has neither rows nor their number of an interface that fails to give one of them', async () => {
    const countless: FeedPort = { ...marine, tally: gone };
    const rowless: FeedPort = { ...marine, page: gone };
    for (const broken of [countless, rowless]) {
      const cases = await ask([market, broken], `totalCount nodes { id } ${coverage}`);
      expect(cases).toEqual({
        totalCount: 3,
        nodes: ['3', '2', '1'].map((key) => ({ id: `market.case:${key}` })),
        coverage: [
          { interface: 'marine.case', state: 'MISSING', rows: 0 },
          { interface: 'market.case', state: 'LIVE', rows: 3 },
        ],
      });
    }
  });

  it('has no total only where nobody counts', async () => {
    const states = 'totalCount coverage { state }';
    const both = [
      { ...market, tally: gone },
      { ...marine, tally: gone },
    ];
    expect(await ask(both, states)).toMatchObject({ totalCount: null });
    expect(await ask([{ ...market, tally: gone }, marine], states)).toMatchObject({ totalCount: 3 });
  });

  it('adds up the rows of an interface that several clauses ask', async () => {
    const hub = openTestHub([market], registry);
    const { data } =
      await hub.ask(`{ subjects(where: { and: [{ cases: {} }, { cases: { count: { lte: 5 } } }] }) {
      nodes { ref } ${coverage}
    } }`);
    expect(data?.subjects).toEqual({
      nodes: [{ ref: SHOP }],
      coverage: [{ interface: 'market.case', state: 'LIVE', rows: 6 }],
    });
  });
});

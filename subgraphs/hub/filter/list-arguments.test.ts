import { createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const market = createArrayFeed('market', [
  {
    name: 'market.case',
    kind: 'Case',
    rows: [],
    departments: ['MARKET'],
    fields: ['department', 'stage', 'fine', 'decidedAt'],
  },
  { name: 'market.inspection', kind: 'Inspection', rows: [], departments: ['MARKET'] },
]);
const marine = createArrayFeed('marine', [
  { name: 'marine.case', kind: 'Case', rows: [], departments: ['MARINE'] },
  { name: 'marine.inspection', kind: 'Inspection', rows: [], departments: ['MARINE'] },
  { name: 'marine.certificate', kind: 'Licence', rows: [], departments: ['MARINE'] },
  { name: 'marine.ticket', kind: 'Complaint', rows: [], departments: ['MARINE'] },
]);
const registry = createArrayRegistry([
  {
    id: 'uscc:91330922MA28K00156',
    keys: ['uscc:91330922MA28K00156', 'regno:330922000000012', 'uscc~91330922ma28k00156'],
    kind: 'ORGANISATION',
    name: '海晏渔业',
    township: null,
    industry: null,
    state: null,
    owners: [],
  },
]);
const hub = openTestHub([market, marine], registry);

beforeEach(() => {
  market.calls.length = 0;
  marine.calls.length = 0;
  registry.down = false;
});

/** What the departments were asked. */
function asked() {
  return [...market.calls, ...marine.calls].map(({ request }) => request);
}

async function ask(field: string): Promise<readonly unknown[]> {
  const { errors } = await hub.ask(`{ ${field} { nodes { id } coverage { interface state reason } } }`);
  expect(errors).toEqual([]);
  return asked().map(({ where }) => where);
}

describe('a filter', () => {
  it.each([
    ['inspections(where: {date: {from: "2026-01-01"}})', { field: 'date', from: '2026-01-01' }],
    ['inspections(where: {number: "嵊检1"})', { field: 'number', sameNumber: '嵊检1' }],
    ['inspections(where: {officer: ["张三"]})', { field: 'officers', in: ['张三'] }],
    ['inspections(where: {jointCheck: false})', { field: 'jointCheck', in: [false] }],
    ['cases(where: {decided: true})', { field: 'decided', in: [true] }],
    ['cases(where: {decided: false})', { not: { field: 'decided', in: [true] } }],
    ['cases(where: {unpaid: true})', { field: 'unpaid', in: [true] }],
    ['cases(where: {not: {unpaid: false}})', { not: { not: { field: 'unpaid', in: [true] } } }],
    ['cases(where: {fine: {from: "100.5"}})', { field: 'fine', from: '100.5' }],
    [
      'cases(where: {or: [{stage: [FILED]}, {decided: true, fine: {to: "1"}}]})',
      {
        any: [
          { field: 'stage', in: ['FILED'] },
          {
            all: [
              { field: 'fine', to: '1' },
              { field: 'decided', in: [true] },
            ],
          },
        ],
      },
    ],
    ['licences(where: {expired: true})', { field: 'expired', in: [true] }],
    ['licences(where: {valid: true})', { field: 'valid', in: [true] }],
    ['licences(where: {township: ["330922100"]})', { field: 'township', in: ['330922100'] }],
    ['complaints(where: {category: [CATERING]})', { field: 'category', in: ['CATERING'] }],
    ['complaints(where: {source: [HOTLINE_12345]})', { field: 'source', in: ['HOTLINE_12345'] }],
    ['complaints(where: {date: {to: "2025-07-31"}})', { field: 'date', to: '2025-07-31' }],
    ['complaints(where: {number: "ZJ1"})', { field: 'number', sameNumber: 'ZJ1' }],
  ])('%s reaches every department that may have such rows', async (field, where) => {
    const conditions = await ask(field);
    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) expect(condition).toEqual(where);
  });

  it.each([
    ['cases(where: {department: [MARINE]})', ['marine.case']],
    ['cases(where: {interface: ["market.case"]})', ['market.case']],
    ['cases(where: {not: {department: [MARINE]}})', ['market.case']],
    // The interface does not map a case code, so no row of it can have that one.
    ['cases(where: {caseCode: "1"})', ['marine.case']],
    ['cases(where: {and: [{department: [MARKET]}, {team: ["一队"]}]})', []],
    ['cases(where: {or: [{department: [MARKET]}, {team: ["一队"]}]})', ['market.case', 'marine.case']],
  ])('%s asks only interfaces that can contribute', async (field, interfaces) => {
    await ask(field);
    expect(asked().flatMap((request) => request.interfaces ?? [])).toEqual(interfaces);
  });

  it('finds a subject under every key that it is held under', async () => {
    const [where] = await ask('cases(where: {subject: {uscc: ["91330922MA28K00156"]}})');
    expect(where).toEqual({
      subject: ['uscc:91330922MA28K00156', 'regno:330922000000012', 'uscc~91330922ma28k00156'],
    });
  });

  it('says so when the registry cannot tell who that is, and searches by what was written', async () => {
    registry.down = true;
    const { data, errors } = await hub.ask(
      '{ cases(where: {subject: {uscc: ["X"], id: ["regno:1"]}}) { nodes { id } coverage { interface state } } }',
    );
    expect(errors).toEqual([]);
    expect(asked().map(({ where }) => where)).toContainEqual({ subject: ['regno:1', 'uscc:X'] });
    expect(data?.cases).toMatchObject({
      coverage: expect.arrayContaining([{ interface: 'registry', state: 'MISSING' }]),
    });
  });
});

describe('bad arguments', () => {
  it.each([
    ['inspections(where: {department: []})', 'where.department'],
    ['inspections(where: {and: []})', 'where.and'],
    ['inspections(where: {or: [{date: {}}]})', 'where.or[0].date'],
    ['inspections(where: {date: {from: "2026-02-30"}})', 'where.date.from'],
    ['inspections(where: {date: {from: "2026-02-02", to: "2026-02-01"}})', 'where.date'],
    ['inspections(where: {township: ["枸杞"]})', 'where.township[0]'],
    ['inspections(where: {number: " "})', 'where.number'],
    ['inspections(where: {interface: ["market.case"]})', 'where.interface[0]'],
    ['inspections(where: {subject: {}})', 'where.subject'],
    ['inspections(where: {subject: {id: ["???"]}})', 'where.subject.id[0]'],
    ['cases(where: {not: {fine: {from: "1,000"}}})', 'where.not.fine.from'],
    ['cases(where: {fine: {from: "10", to: "9"}})', 'where.fine'],
    ['cases(orderBy: [])', 'orderBy'],
    ['cases(orderBy: [{filedAt: ASC, decidedAt: ASC}])', 'orderBy[0]'],
    ['cases(orderBy: [{}])', 'orderBy[0]'],
    ['cases(orderBy: [{filedAt: ASC}, {filedAt: DESC}])', 'orderBy[1]'],
    ['cases(first: 1, last: 1)', 'last'],
    ['cases(first: -1)', 'first'],
    ['cases(last: 501)', 'last'],
    ['cases(last: 1, after: "x")', 'after'],
    ['cases(first: 1, before: "x")', 'first'],
    ['subjects(orderBy: [{name: ASC}, {id: ASC}])', 'orderBy'],
    ['subjects(where: {inspections: {count: {gte: 2, lte: 1}}})', 'where.inspections.count'],
    ['subjects(where: {inspections: {sameMonth: true}})', 'where.inspections.sameMonth'],
    ['subjects(where: {inspections: {where: {date: {from: "x"}}}})', 'where.inspections.where.date.from'],
    ['subjects(where: {cases: {count: {lte: 0}}})', 'where'],
    ['subjects(where: {owner: {}})', 'where.owner'],
    ['subjects(where: {nameContains: ""})', 'where.nameContains'],
    ['subjects(where: {and: []})', 'where.and'],
    ['subjects(where: {and: [{kind: [VESSEL]}, {cases: {count: {gte: -1}}}]})', 'where.and[1].cases.count'],
    ['subjects(where: {owner: {and: [{owner: {}}]}})', 'where.owner.and[0].owner'],
    ['subjects(where: {and: [{licences: {count: {lte: 0}}}, {cases: {count: {lte: 0}}}]})', 'where'],
    ['complaints(where: {township: ["枸杞"]})', 'where.township[0]'],
    ['complaints(where: {interface: ["marine.case"]})', 'where.interface[0]'],
  ])('%s is refused with its place: %s', async (field, argument) => {
    const { errors } = await hub.ask(`{ ${field} { nodes { __typename } } }`);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect(errors[0]?.message).toMatch(
      new RegExp(`^请求参数有误.*${argument.replaceAll(/[[\].]/g, '\\$&')}：`),
    );
    expect(asked()).toEqual([]);
  });

  it('two arguments are refused at once without a failure that nobody listens to', async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown): void => void unheard.push(reason);
    process.on('unhandledRejection', hear);
    const where = '{ id: ["none"], inspections: { where: { subject: {} } } }';
    const { errors } = await hub.ask(`{ subjects(where: ${where}) { nodes { __typename } } }`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', hear);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(unheard).toEqual([]);
  });

  it('a cursor that was not made for the query is refused', async () => {
    const { errors } = await hub.ask('{ cases(after: "AAAA") { nodes { id } } }');
    expect(errors[0]?.extensions).toMatchObject({ code: 'CURSOR_INVALID' });
  });
});

describe('a selection', () => {
  it('decides which fields departments are asked for', async () => {
    await hub.ask(
      `query ($no: Boolean = false) {
        cases { edges { node { ...part } } nodes { a: unpaid name @include(if: $no) } }
      }
      fragment part on Case { elapsedDays team @skip(if: true) }`,
    );
    const fields = asked().map((request) => ('fields' in request ? request.fields : []));
    const expected = ['unpaid', 'elapsedDays'];
    expect(fields).toEqual([expected, expected]);
  });

  it('of the total alone reads no page, and of rows alone counts nothing', async () => {
    await hub.ask('{ cases { totalCount } }');
    expect([...market.calls, ...marine.calls].map(({ operation }) => operation)).toEqual(['tally', 'tally']);
    market.calls.length = 0;
    marine.calls.length = 0;
    await hub.ask('{ cases { nodes { id } coverage { rows } } }');
    expect([...market.calls, ...marine.calls].map(({ operation }) => operation)).toEqual(['page', 'page']);
  });
});

import type { Condition } from '../../../adapters/condition.js';
import type { Capabilities } from '../../../adapters/source-adapter.js';
import type { FeedPageRequest, FeedTallyRequest } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { recordSource, type SentRequest } from '../testing/recorded-source.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

const MAPPING = `interface: market.case
title: 案件
owner: { department: market }
feeds: Case
source: { connection: market, table: cases }
key: [id]
subject:
  - { scheme: uscc, column: uscc }
  - { scheme: pripid, column: pripid }
fields:
  department: { value: MARKET }
  stage: { column: stage, type: Code, codes: market/case-stage }
  decisionNo: { column: number, type: DocumentNumber }
  filedAt: { column: filed, type: Date, format: yyyyMMdd, sorts: asText }
  closedAt: { column: closed, type: Date, format: yyyyMMdd, sorts: asText }
  decidedAt: { column: decided, type: Date, format: any }
  fine: { column: fine, type: Decimal, unit: 万元, sorts: asDecimal }
  paid: { column: paid, type: Decimal }
limits: { keysPerCall: 2, maxRowsScanned: 1000 }
`;
const PRIPID = '3309220000012345';
/** A third of the rows was filed on no day; the day decided is written as people write it. */
const ROWS = Array.from({ length: 60 }, (_, index) => {
  const filed = index % 3 === 2 ? 'null' : `'202606${String((index % 20) + 10)}'`;
  const decided = `'2026年6月${(index % 9) + 1}日'`;
  return `(${index}, null, '${PRIPID}', '50', '嵊罚〔2026〕${index}号', ${filed}, null, ${decided}, ${index}, '${index}元')`;
});
const SQL = `create table cases (id integer primary key, uscc text, pripid text, stage text, number text, filed text,
  closed text, decided text, fine numeric, paid text);
insert into cases values ${ROWS.join(', ')};`;

/** The whole filter that a test asks by; the key is never null. */
const KEYED: Condition = { kind: 'not', of: { kind: 'isNull', column: 'id' } };

async function sentFor(
  ask: Partial<FeedPageRequest> | (Partial<FeedTallyRequest> & Pick<FeedTallyRequest, 'by'>),
  lacking: readonly (keyof Capabilities)[] = [],
): Promise<readonly SentRequest[]> {
  return withSqlite(SQL, async (adapter) => {
    const source = recordSource(adapter, lacking);
    const { feed } = openSmallDepartment([MAPPING], new Map([['market', source.adapter]]));
    const common = { kind: 'Case', where: { all: [] } } as const;
    const parts =
      'by' in ask
        ? await feed.tally({ ...common, measures: [], ...ask }, testContext())
        : await feed.page(
            { ...common, orderBy: [], reversed: false, limit: 5, fields: [], ...ask },
            testContext(),
          );
    expect(parts).toMatchObject([{ interface: 'market.case', reason: null }]);
    return source.sent;
  });
}

/** Where, columns, order and limit of each read. */
async function reads(ask: Partial<FeedPageRequest>, lacking: readonly (keyof Capabilities)[] = []) {
  return (await sentFor(ask, lacking)).map((one) => {
    if (one.operation !== 'read') throw new Error('a page was counted');
    const { where, columns, orderBy, limit, after } = one.request;
    return {
      where,
      columns: [...columns].sort(),
      limit,
      after,
      order: orderBy.map(orderText),
      rows: one.rows.length,
    };
  });
}

function orderText({
  column,
  direction,
  nulls,
}: {
  column: string;
  direction: string;
  nulls: string;
}): string {
  return `${column} ${direction} nulls ${nulls}`;
}

/** Columns that groups are made by, of each request. */
async function grouped(ask: Partial<FeedTallyRequest> & Pick<FeedTallyRequest, 'by'>) {
  return (await sentFor(ask)).map((one) => {
    if (one.operation !== 'tally') throw new Error('a tally was read row by row');
    return one.request.groupBy.map(({ column }) => column).sort();
  });
}

/** Whether a comparison stands in a condition as one that every row must satisfy. */
function demands(where: Condition, column: string, op: string, value: string): boolean {
  if (where.kind === 'all') return where.of.some((part) => demands(part, column, op, value));
  return where.kind === 'compare' && where.column === column && where.op === op && where.value === value;
}

describe('a page', () => {
  const POINTERS = ['pripid', 'uscc'];

  it('asks for one row more than wanted, and for the columns of the key, the subject and the fields alone', async () => {
    expect(await reads({})).toMatchObject([
      { where: KEYED, columns: ['id', ...POINTERS], limit: 6, order: ['id asc nulls excluded'], rows: 6 },
    ]);
    expect(await reads({ fields: ['fine', 'department', 'team'] })).toMatchObject([
      { columns: ['fine', 'id', ...POINTERS] },
    ]);
    expect(
      await reads({ fields: ['stage'], orderBy: [{ field: 'filedAt', direction: 'asc' }] }),
    ).toMatchObject([{ columns: ['filed', 'id', 'pripid', 'stage', 'uscc'] }]);
  });

  it('asks for amounts in the unit of the source, and for days in its format', async () => {
    const [amounts] = await reads({ where: { field: 'fine', from: '100000', to: '305000.00' } });
    expect(amounts).toMatchObject({ rows: 6, limit: 6 });
    const where = amounts?.where ?? KEYED;
    expect(demands(where, 'fine', 'gte', '10')).toBe(true);
    expect(demands(where, 'fine', 'lte', '30.5')).toBe(true);
    const [days] = await reads({ where: { field: 'filedAt', from: '2026-06-12', to: '2026-06-14' } });
    expect(demands(days?.where ?? KEYED, 'filed', 'gte', '20260612')).toBe(true);
    expect(demands(days?.where ?? KEYED, 'filed', 'lt', '20260615')).toBe(true);
  });

  it('reads the rows with a day off an index, and those without one only when the page has room for them', async () => {
    const newest = [{ field: 'filedAt', direction: 'desc' }] as const;
    expect(await reads({ orderBy: newest })).toMatchObject([
      { order: ['filed desc nulls excluded', 'id desc nulls excluded'], limit: 6, rows: 6 },
    ]);
    expect(await reads({ orderBy: newest, limit: 42 })).toMatchObject([
      { order: ['filed desc nulls excluded', 'id desc nulls excluded'], limit: 43, rows: 40 },
      { order: ['id desc nulls excluded'], limit: 3, rows: 3 },
    ]);
    expect(await reads({ orderBy: newest, reversed: true })).toMatchObject([
      { order: ['id asc nulls excluded'], limit: 6, rows: 6 },
    ]);
  });

  it('orders by several fields in their order, each in its own direction', async () => {
    const [read] = await reads({
      orderBy: [
        { field: 'filedAt', direction: 'asc' },
        { field: 'department', direction: 'desc' },
        { field: 'closedAt', direction: 'desc' },
      ],
    });
    expect(read?.order).toEqual([
      'filed asc nulls excluded',
      'closed desc nulls last',
      'id asc nulls excluded',
    ]);
  });

  it('resumes at the source after a row of its own, in the stretch where that row stands', async () => {
    const orderBy = [{ field: 'filedAt', direction: 'asc' }] as const;
    const after = { interface: 'market.case', key: ['7'] };
    expect(await reads({ orderBy, after: { ...after, keys: ['2026-06-17'] } })).toMatchObject([
      {
        after: ['20260617', '7'],
        order: ['filed asc nulls excluded', 'id asc nulls excluded'],
        limit: 6,
        rows: 6,
      },
    ]);
    expect(await reads({ orderBy, after: { ...after, keys: [null] } })).toMatchObject([
      { after: ['7'], order: ['id asc nulls excluded'], limit: 6, rows: 6 },
    ]);
  });

  it('resumes by a condition after a row of another interface', async () => {
    const orderBy = [{ field: 'filedAt', direction: 'asc' }] as const;
    const after = { interface: 'marine.case', key: ['7'], keys: ['2026-06-28'] };
    const [read, ...others] = await reads({ orderBy, after, limit: 3 });
    expect(read?.after).toBeUndefined();
    expect(demands(read?.where ?? KEYED, 'filed', 'gte', '20260628')).toBe(true);
    expect(read).toMatchObject({ limit: 4, rows: 4 });
    expect(others).toEqual([]);
  });

  it('reads four rows for each one wanted, a hundred at least, where it checks them itself', async () => {
    const where: RowCondition = { field: 'decidedAt', from: '2026-06-01' };
    expect(await reads({ where })).toMatchObject([
      { where: KEYED, columns: ['decided', 'id', ...POINTERS], limit: 100, rows: 60 },
    ]);
    expect(await reads({ where, limit: 30 })).toMatchObject([{ limit: 124, rows: 60 }]);
  });

  it('sorts rows of subjects and ids in one read', async () => {
    const orderBy = [{ field: 'filedAt', direction: 'desc' }] as const;
    const order = ['filed desc nulls last', 'id desc nulls excluded'];
    expect(
      await reads({ orderBy, where: { ids: ['market.case:3', 'marine.case:4', 'market.case:5:6'] } }),
    ).toMatchObject([
      { where: { of: [KEYED, { kind: 'inTuples', columns: ['id'], tuples: [['3']] }] }, order, rows: 1 },
    ]);
    expect(await reads({ orderBy, where: { subject: [`pripid:${PRIPID}`] } })).toMatchObject([
      { order, limit: 100 },
    ]);
  });

  it('asks for two keys of subjects a call, and for those schemes alone that the key can be', async () => {
    const sent = await reads({
      where: { subject: [1, 2, 3].map((last) => `pripid:330922000000000${last}`) },
    });
    expect(sent.map(({ where }) => where)).toEqual(
      [['3309220000000001', '3309220000000002'], ['3309220000000003']].map((values) => ({
        kind: 'all',
        of: [KEYED, { kind: 'in', column: 'pripid', values }],
      })),
    );
  });

  it('reads everything up to the bound where the source does not sort, without an order', async () => {
    const orderBy = [{ field: 'filedAt', direction: 'desc' }] as const;
    expect(await reads({ orderBy, where: { field: 'fine', to: '100000' } }, ['orders'])).toMatchObject([
      { order: [], limit: 1001, rows: 11 },
    ]);
    expect(await reads({ orderBy: [{ field: 'decidedAt', direction: 'asc' }] })).toMatchObject([
      { order: [], limit: 1001, rows: 60 },
    ]);
  });
});

describe('a page that the engine sorts itself', () => {
  it.each([
    [59, 59, false],
    [60, 60, true],
    [61, 60, true],
  ])('of %i rows holds %i and knows whether any follow', (limit, length, complete) =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([MAPPING], new Map([['market', adapter]]));
      const orderBy = [{ field: 'decidedAt', direction: 'asc' }] as const;
      const [page] = await feed.page(
        { kind: 'Case', where: { all: [] }, orderBy, reversed: false, limit, fields: [] },
        testContext(),
      );
      expect(page?.data).toMatchObject({ rows: { length }, complete });
    }),
  );
});

describe('a tally', () => {
  it.each<[string, Partial<FeedTallyRequest> & Pick<FeedTallyRequest, 'by'>, readonly string[]]>([
    ['nothing', { by: [] }, []],
    ['what every row has', { by: [{ field: 'department' }, { interface: true }] }, []],
    ['a code', { by: [{ field: 'stage' }] }, ['stage']],
    ['a month', { by: [{ field: 'filedAt', truncate: 'month' }] }, ['filed']],
    [
      'one column twice',
      {
        by: [
          { field: 'filedAt', truncate: 'month' },
          { field: 'filedAt', truncate: 'year' },
        ],
      },
      ['filed'],
    ],
    ['the subject', { by: [{ subject: true }] }, ['pripid', 'uscc']],
    ['a field that is not mapped', { by: [{ field: 'team' }] }, []],
    ['amounts', { by: [], measures: [{ field: 'fine' }, { field: 'paid' }] }, ['fine', 'paid']],
    ['a filter that the source evaluates', { by: [], where: { field: 'fine', from: '1' } }, []],
    ['a filter that it does not', { by: [], where: { field: 'decidedAt', isNull: false } }, ['decided']],
    ['a subject that is asked for', { by: [], where: { subject: [`pripid:${PRIPID}`] } }, ['pripid', 'uscc']],
    [
      'ids beside what only decoding tells',
      { by: [], where: { any: [{ ids: ['market.case:1'] }, { field: 'decidedAt', isNull: true }] } },
      ['decided', 'id'],
    ],
  ])('groups by %s and nothing else', async (_what, ask, columns) => {
    expect(await grouped(ask)).toEqual([columns]);
  });

  it('sends the filter, and at most as many groups as rows may be scanned', async () => {
    const [tally] = await sentFor({ by: [{ field: 'stage' }], where: { field: 'fine', to: '50000' } });
    expect(tally).toMatchObject({
      operation: 'tally',
      request: { maxGroups: 1000 },
      groups: [{ key: ['50'], count: 6 }],
    });
    expect(demands(tally?.request.where ?? KEYED, 'fine', 'lte', '5')).toBe(true);
  });

  it('of a source that does not count reads the same columns, and one row more than may be scanned', async () => {
    const [read] = await sentFor(
      { by: [{ field: 'stage' }], measures: [{ field: 'fine' }], where: { field: 'fine', to: '50000' } },
      ['tallies'],
    );
    expect(read).toMatchObject({
      operation: 'read',
      request: { columns: ['stage', 'fine'], orderBy: [], limit: 1001 },
    });
    expect(demands(read?.request.where ?? KEYED, 'fine', 'lte', '5')).toBe(true);
  });
});

describe('a filter that no row can satisfy', () => {
  it.each<[string, RowCondition]>([
    ['another department', { field: 'department', in: ['MARINE'] }],
    ['a value of a field that is not mapped', { field: 'team', in: ['一队'] }],
    ['the presence of such a field', { not: { field: 'team', isNull: true } }],
    ['rows of another interface', { ids: ['marine.case:1'] }],
    ['another interface', { interface: ['marine.case'] }],
    ['a subject of a scheme that no column holds', { subject: ['vessel:1'] }],
    ['one of nothing', { any: [] }],
    ['the opposite of everything', { not: { all: [] } }],
  ])('such as %s is not sent at all', async (_what, where) => {
    expect(await sentFor({ where })).toEqual([]);
    expect(await sentFor({ where, by: [] })).toEqual([]);
    const andMore: RowCondition = { all: [{ field: 'fine', from: '1' }, where] };
    expect(await sentFor({ where: andMore })).toEqual([]);
  });

  it.each<[string, RowCondition]>([
    ['its department', { field: 'department', in: ['MARINE', 'MARKET'] }],
    ['its name', { interface: ['market.case'] }],
    ['the absence of a field that is not mapped', { field: 'team', isNull: true }],
  ])('and one that every row satisfies, such as %s, is left out', async (_what, where) => {
    expect(await reads({ where })).toMatchObject([{ where: KEYED, rows: 6, limit: 6 }]);
    expect(await grouped({ where, by: [] })).toEqual([[]]);
  });
});

describe('document numbers', () => {
  const numbers = (count: number): RowCondition => ({
    any: Array.from({ length: count }, (_, index) => ({
      field: 'decisionNo',
      sameNumber: `嵊罚[2026]0${index}号`,
    })),
  });

  it('of which two are looked for by their patterns, and more by how the source spells them', async () => {
    const few = await sentFor({ where: numbers(2) });
    expect(few).toMatchObject([{ operation: 'read' }]);
    expect(JSON.stringify(few[0]?.request.where)).toContain('"matches"');
    const many = await sentFor({ where: numbers(3) });
    const values = [0, 1, 2].map((number) => `嵊罚〔2026〕${number}号`);
    expect(many).toMatchObject([
      { operation: 'tally', request: { groupBy: [{ column: 'number' }], maxGroups: 1000 } },
      { operation: 'read', rows: { length: 3 } },
    ]);
    const asked = JSON.stringify(many[1]?.request.where);
    for (const value of values) expect(asked).toContain(JSON.stringify(value));
    expect(asked).not.toContain('"matches"');
  });
});

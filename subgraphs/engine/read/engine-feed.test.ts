import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import type { FeedPage, FeedPageRequest } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../testing/small-department.js';

const MAPPING = `interface: market.inspection
title: 检查
owner: { department: market }
feeds: Inspection
source: { connection: market, table: result }
key: [task, subject]
subject:
  - { scheme: uscc, column: uscc }
  - { scheme: pripid, column: subject }
fields:
  department: { value: MARKET }
  number: { column: task, type: DocumentNumber }
  date: { column: day, type: Date, format: yyyyMMdd, sorts: asText }
  result: { column: result, type: Code, codes: market/check-result, many: ',' }
  rawResult: { column: result }
where: { valid: '1' }
limits: { keysPerCall: 2 }
`;

const A = '91330922MA28K00156';
const B = '91330922MA28KX007W';
const PRIPID = '3309220000012345';
const SQL = `
create table result (task text not null, subject text not null, uscc text, day text, result text, valid text,
  primary key (task, subject));
insert into result values
 ('T1', '${PRIPID}', '${A}', '20260101', '1', '1'),
 ('T2', '3309220000000002', '${A.toLowerCase()}', '20260301', '3,4', '1'),
 ('T3', '3309220000000003', '${B}', '20260301', 'Z', '1'),
 ('T4', '${PRIPID}', null, '20260230', '1', '1'),
 ('T5', '3309220000000005', 'undefined', null, '6', '1'),
 ('T6', '3309220000000006', '${B}', '20260601', '1', '0'),
 ('T7', '3309220000000007', '${B}', '20251231', '1', '1');
`;

function withMarket<T>(work: (market: SmallDepartment, adapter: SourceAdapter) => Promise<T>): Promise<T> {
  return withSqlite(SQL, (adapter) =>
    work(openSmallDepartment([MAPPING], new Map([['market', adapter]])), adapter),
  );
}

async function page(market: SmallDepartment, request: Partial<FeedPageRequest>): Promise<FeedPage> {
  const [part] = await market.feed.page(
    {
      kind: 'Inspection',
      where: { all: [] },
      orderBy: [{ field: 'date', direction: 'desc' }],
      reversed: false,
      limit: 100,
      fields: ['date', 'result'],
      ...request,
    },
    testContext(),
  );
  if (part?.data === undefined) throw new Error(part?.reason ?? 'no part');
  return part.data;
}

const tasks = (found: FeedPage): readonly (string | undefined)[] => found.rows.map((row) => row.key[0]);

describe('createEngineFeed() page', () => {
  it('sorts by the date text, puts what is no date last, and breaks ties by key in the same direction', () =>
    withMarket(async (market) => {
      expect(tasks(await page(market, {}))).toEqual(['T3', 'T2', 'T1', 'T7', 'T5', 'T4']);
      expect(tasks(await page(market, { orderBy: [{ field: 'date', direction: 'asc' }] }))).toEqual([
        'T7',
        'T1',
        'T2',
        'T3',
        'T4',
        'T5',
      ]);
    }));

  it('reads the reversed order backwards', () =>
    withMarket(async (market) => {
      expect(tasks(await page(market, { reversed: true }))).toEqual(['T4', 'T5', 'T7', 'T1', 'T2', 'T3']);
    }));

  it('resumes after every position, its own and those of other interfaces', () =>
    withMarket(async (market) => {
      for (const reversed of [false, true]) {
        const { rows } = await page(market, { reversed });
        for (const [index, row] of rows.entries()) {
          const rest = rows.slice(index + 1).map(({ id }) => id);
          const own = { keys: row.sort, interface: 'market.inspection', key: row.key };
          const after = await page(market, { reversed, after: own });
          expect(after.rows.map(({ id }) => id)).toEqual(rest);
          // In descending order the interfaces run from z to a, and reversed from a to z.
          const earlier = reversed ? 'a.inspection' : 'z.inspection';
          const ties = rows.filter(({ sort }) => sort[0] === row.sort[0]);
          const fromTies = rows.slice(rows.indexOf(ties[0] ?? row)).map(({ id }) => id);
          const other = await page(market, { reversed, after: { ...own, interface: earlier } });
          expect(other.rows.map(({ id }) => id)).toEqual(fromTies);
          const later = reversed ? 'z.inspection' : 'a.inspection';
          const behindTies = rows.slice(rows.indexOf(ties.at(-1) ?? row) + 1).map(({ id }) => id);
          const last = await page(market, { reversed, after: { ...own, interface: later } });
          expect(last.rows.map(({ id }) => id)).toEqual(behindTies);
        }
      }
    }));

  it('says whether anything follows', () =>
    withMarket(async (market) => {
      expect((await page(market, { limit: 5 })).complete).toBe(false);
      expect((await page(market, { limit: 6 })).complete).toBe(true);
    }));

  it('shows an unknown code as UNKNOWN with a mark, an impossible day as null with a mark', () =>
    withMarket(async (market) => {
      const { rows } = await page(market, { fields: ['date', 'result', 'rawResult'] });
      const byTask = new Map(rows.map((row) => [row.key[0], row]));
      expect(byTask.get('T3')).toMatchObject({
        values: ['2026-03-01', 'UNKNOWN', 'Z'],
        quality: ['CODE_UNKNOWN:result'],
      });
      expect(byTask.get('T4')).toMatchObject({
        values: [null, 'NO_ISSUE', '1'],
        subject: `pripid:${PRIPID}`,
      });
      expect(byTask.get('T4')?.quality).toContain('DATE_UNREADABLE:date');
      expect(byTask.get('T2')).toMatchObject({ subject: `uscc:${A}` });
    }));

  it.each<[RowCondition, readonly string[]]>([
    [{ field: 'date', from: '2026-01-01', to: '2026-02-28' }, ['T1']],
    [{ field: 'date', isNull: true }, ['T5', 'T4']],
    [{ field: 'date', isNull: false }, ['T3', 'T2', 'T1', 'T7']],
    [{ not: { field: 'date', from: '2026-01-01' } }, ['T7', 'T5', 'T4']],
    [{ field: 'result', in: ['ISSUE_FOOD_DRUG', 'UNREACHABLE'] }, ['T2', 'T5']],
    [{ field: 'result', in: ['UNKNOWN'] }, ['T3']],
    [{ field: 'department', in: ['MARINE'] }, []],
    [{ field: 'township', isNull: true }, ['T3', 'T2', 'T1', 'T7', 'T5', 'T4']],
    [{ field: 'number', sameNumber: '(t2)' }, []],
    [{ field: 'number', sameNumber: 'T2' }, ['T2']],
    [{ subject: [`uscc:${A}`, `uscc~${A.toLowerCase()}`, `pripid:${PRIPID}`] }, ['T2', 'T1', 'T4']],
    [
      {
        any: [
          { field: 'result', in: ['UNKNOWN'] },
          { field: 'date', to: '2025-12-31' },
        ],
      },
      ['T3', 'T7'],
    ],
    [
      {
        ids: [
          `market.inspection:T1:${PRIPID}`,
          'marine.inspection:T1',
          'market.inspection:T6:3309220000000006',
        ],
      },
      ['T1'],
    ],
  ])('filters by %j', (where, expected) =>
    withMarket(async (market) => {
      expect(tasks(await page(market, { where }))).toEqual(expected);
    }),
  );

  it('asks the source ⌈k / keysPerCall⌉ times for k keys', () =>
    withMarket(async (market) => {
      const keys = Array.from({ length: 7 }, (_, index) => `pripid:330922000000000${index}`);
      await page(market, { where: { subject: keys } });
      expect(market.calls.filter(({ operation }) => operation === 'read')).toHaveLength(4);
    }));
});

describe('createEngineFeed() tally', () => {
  it('counts by decoded values', () =>
    withMarket(async (market) => {
      const [part] = await market.feed.tally(
        {
          kind: 'Inspection',
          where: { all: [] },
          by: [{ field: 'date', truncate: 'quarter' }, { field: 'result' }],
          measures: [],
        },
        testContext(),
      );
      const counts = new Map(part?.data?.map(({ key, count }) => [key.join('/'), count]));
      expect(counts).toEqual(
        new Map([
          ['2026-Q1/NO_ISSUE', 1],
          ['2026-Q1/ISSUE_FOOD_DRUG', 1],
          ['2026-Q1/UNKNOWN', 1],
          ['2025-Q4/NO_ISSUE', 1],
          ['/NO_ISSUE', 1],
          ['/UNREACHABLE', 1],
        ]),
      );
    }));

  it('counts rows of a subject once, whichever pointer names it', () =>
    withMarket(async (market) => {
      const [part] = await market.feed.tally(
        {
          kind: 'Inspection',
          where: { subject: [`uscc:${A}`, `uscc~${A.toLowerCase()}`, `pripid:${PRIPID}`, `uscc:${B}`] },
          by: [{ subject: true }],
          measures: [],
        },
        testContext(),
      );
      expect(new Map(part?.data?.map(({ key, count }) => [key[0], count]))).toEqual(
        new Map([
          [`uscc:${A}`, 2],
          [`pripid:${PRIPID}`, 1],
          [`uscc:${B}`, 2],
        ]),
      );
    }));

  it('has no bucket of no rows, also where every row has the same key', () =>
    withMarket(async (market) => {
      const tally = (from: string) =>
        market.feed.tally(
          {
            kind: 'Inspection',
            where: { field: 'date', from },
            by: [{ field: 'department' }, { interface: true }],
            measures: [],
          },
          testContext(),
        );
      const [none] = await tally('2030-01-01');
      expect(none?.data).toEqual([]);
      const [some] = await tally('2026-03-01');
      expect(some?.data).toEqual([{ key: ['MARKET', 'market.inspection'], count: 2, measures: [] }]);
    }));
});

describe('createEngineFeed() failures', () => {
  it('makes an interface whose table is gone MISSING, with a public reason', () =>
    withSqlite('create table other (a)', async (adapter) => {
      const market = openSmallDepartment([MAPPING], new Map([['market', adapter]]));
      const [part] = await market.feed.page(
        { kind: 'Inspection', where: { all: [] }, orderBy: [], reversed: false, limit: 1, fields: [] },
        testContext(),
      );
      expect(part).toMatchObject({
        interface: 'market.inspection',
        state: 'MISSING',
        reason: expect.stringMatching(/^SOURCE_COLUMN_MISSING: 数据源缺少所需的表或列/),
      });
      expect(part).not.toHaveProperty('data');
      expect(part?.reason).not.toContain('result');
    }));
});

import { ALWAYS } from '../../../adapters/condition.js';
import { evaluateCondition } from '../../../adapters/evaluate-condition.js';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import type { FeedOrder, FeedPart } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../testing/small-department.js';

const mapping = (name: string, bound: number): string => `interface: ${name}.case
title: 案件
owner: { department: ${name} }
feeds: Case
source: { connection: ${name}, table: cases }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: HEALTH }
  stage: { column: stage, type: Code, codes: market/case-stage }
  decisionNo: { column: number, type: DocumentNumber }
  filedAt: { column: filed, type: Date, format: yyyyMMdd, sorts: asText }
  decidedAt: { column: decided, type: Date, format: any }
  fine: { column: fine, type: Decimal, unit: 万元 }
limits: { maxRowsScanned: ${bound} }
`;

const USCC = '91330922MA28K00156';
const rows = Array.from({ length: 40 }, (_, index) => {
  const filed =
    index % 7 === 6 ? 'null' : `'2026${String((index % 6) + 1).padStart(2, '0')}${String((index % 5) + 10)}'`;
  const decided = ["'2026-6-8'", "'2026年6月9日'", "'20260610'", 'null', "'长期'"][index % 5];
  return `(${index}, ${index % 3 === 0 ? `'${USCC.toLowerCase()}'` : `'${USCC}'`}, '${(index % 9) + 1}', '嵊卫罚〔2026〕${index}号', ${filed}, ${decided}, '${index / 10}')`;
});
const SQL = `create table cases (id integer primary key, uscc text, stage text, number text, filed text, decided text, fine text);
insert into cases values ${rows.join(',')};`;

/** The same real table behind a source that only hands out everything: what is wanted is picked out of it. */
function weaken(adapter: SourceAdapter): SourceAdapter {
  return {
    kind: adapter.kind,
    capabilities: {
      filters: false,
      orders: false,
      keyset: false,
      tallies: false,
      cancels: false,
      exchanges: false,
    },
    describe: (object, bounds) => adapter.describe(object, bounds),
    read: async ({ from, columns, limit, where }, bounds) => {
      const shape = await adapter.describe(from.name, bounds);
      const names = shape.columns.map(({ name }) => name);
      const all = await adapter.read(
        { from, columns: names, limit: 1000, where: ALWAYS, orderBy: [] },
        bounds,
      );
      const picked = all.filter(evaluateCondition(where, shape.columns)).slice(0, limit);
      return picked.map((row) => columns.map((column) => row[names.indexOf(column)] ?? null));
    },
    tally: () => Promise.reject(new Error('asked a source for what it cannot do')),
    probe: (bounds) => adapter.probe(bounds),
    explain: (request) => adapter.explain(request),
    close: () => adapter.close(),
  };
}

function withBoth<T>(bound: number, work: (county: SmallDepartment) => Promise<T>): Promise<T> {
  return withSqlite(SQL, (adapter) =>
    work(
      openSmallDepartment(
        [mapping('strong', 200), mapping('weak', bound)],
        new Map([
          ['strong', adapter],
          ['weak', weaken(adapter)],
        ]),
      ),
    ),
  );
}

const withoutNames = (part: FeedPart<unknown> | undefined): unknown =>
  JSON.parse(JSON.stringify(part?.data ?? part?.reason).replaceAll('weak.', 'strong.'));

const FILTERS: readonly RowCondition[] = [
  { all: [] },
  { field: 'filedAt', from: '2026-02-01', to: '2026-04-12' },
  { field: 'filedAt', isNull: true },
  { field: 'decidedAt', from: '2026-06-09' },
  { field: 'fine', from: '10000', to: '25000.00' },
  { field: 'decisionNo', sameNumber: '嵊卫罚[2026]第07号' },
  { subject: [`uscc:${USCC}`, `uscc~${USCC.toLowerCase()}`] },
  { not: { field: 'filedAt', from: '2026-03-01' } },
  {
    any: [
      { field: 'filedAt', to: '2026-01-31' },
      { field: 'decidedAt', isNull: true },
    ],
  },
  { ids: ['strong.case:7', 'weak.case:7', 'strong.case:11', 'weak.case:11'] },
];
const ORDERS: readonly (readonly FeedOrder[])[] = [
  [{ field: 'filedAt', direction: 'desc' }],
  [{ field: 'decidedAt', direction: 'asc' }],
  [{ field: 'fine', direction: 'desc' }],
  [
    { field: 'decidedAt', direction: 'desc' },
    { field: 'filedAt', direction: 'asc' },
  ],
  [],
];

describe('a source that can neither filter nor sort nor count', () => {
  it('gives the same pages as one that can, page by page, forwards and backwards', () =>
    withBoth(200, async ({ feed }) => {
      for (const where of FILTERS) {
        for (const orderBy of ORDERS) {
          for (const reversed of [false, true]) {
            const request = {
              kind: 'Case',
              where,
              orderBy,
              reversed,
              limit: 9,
              fields: ['filedAt', 'decidedAt', 'fine'],
            } as const;
            const [strong, weak] = await feed.page(request, testContext());
            expect(withoutNames(weak)).toEqual(withoutNames(strong));
            const last = strong?.data?.rows.at(-1);
            if (last === undefined) continue;
            const after = { keys: last.sort, interface: 'strong.case', key: last.key };
            const [next] = await feed.page({ ...request, after, interfaces: ['strong.case'] }, testContext());
            const own = { ...after, interface: 'weak.case' };
            const [weakNext] = await feed.page(
              { ...request, after: own, interfaces: ['weak.case'] },
              testContext(),
            );
            expect(withoutNames(weakNext)).toEqual(withoutNames(next));
          }
        }
      }
    }));

  it('gives the same counts and sums', () =>
    withBoth(200, async ({ feed }) => {
      for (const where of FILTERS) {
        const [strong, weak] = await feed.tally(
          {
            kind: 'Case',
            where,
            by: [{ field: 'filedAt', truncate: 'month' }, { field: 'stage' }],
            measures: [{ field: 'fine' }],
          },
          testContext(),
        );
        const sorted = (part: typeof strong): readonly string[] =>
          (part?.data ?? []).map((each) => JSON.stringify(each)).sort();
        expect(sorted(weak)).toEqual(sorted(strong));
      }
    }));

  it('refuses what exceeds its bound, and says to filter', () =>
    withBoth(39, async ({ feed }) => {
      const [, weak] = await feed.page(
        { kind: 'Case', where: { all: [] }, orderBy: [], reversed: false, limit: 5, fields: [] },
        testContext(),
      );
      expect(weak).toMatchObject({
        state: 'MISSING',
        reason: expect.stringMatching(/^SOURCE_TOO_LARGE: .*请增加筛选条件/),
      });
    }));
});

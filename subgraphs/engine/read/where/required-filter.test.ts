import fc from 'fast-check';
import type { FeedPageRequest } from '../../../feed/feed.js';
import type { RowCondition } from '../../../kinds/row-condition.js';
import { estimatePage } from '../../check/estimate-page.js';
import { recordSource, type SentRequest } from '../../testing/recorded-source.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../../testing/small-department.js';

const mapping = (requires: string): string => `interface: market.inspection
title: 检查
owner: { department: market }
feeds: Inspection
source: { connection: market, table: inspections }
key: [code]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  date: { column: day, type: Date, format: yyyyMMdd, sorts: asText }
  number: { column: number, type: DocumentNumber }
  result: { value: NO_ISSUE }
  township: { column: town, type: Township }
watermark: { column: day, format: yyyyMMdd, every: 1d, warn: 30d, fail: 365d }
${requires}`;

const USCC = '91330922MA28K00156';
const TOWNS = ['330922101', '嵊山镇', '330922100', '定海区'];

/** Rows of half a year, a few of them of one company. */
const ROWS = 600;
const SQL = `create table inspections (code text primary key, uscc text, day text, number text, town text);
${Array.from({ length: ROWS }, (_, index) => {
  const day = `2026${String(1 + (index % 6)).padStart(2, '0')}${String(1 + (index % 28)).padStart(2, '0')}`;
  const uscc = index % 50 === 0 ? `'${USCC}'` : 'null';
  return `insert into inspections values ('r${index}', ${uscc}, '${day}', '嵊检〔2026〕${index}号', '${TOWNS[index % 4]}');`;
}).join('\n')}`;

function withRequired<T>(
  requires: string,
  work: (department: SmallDepartment, sent: readonly SentRequest[]) => Promise<T>,
): Promise<T> {
  return withSqlite(SQL, async (source) => {
    const { adapter, sent } = recordSource(source);
    return work(openSmallDepartment([mapping(requires)], new Map([['market', adapter]])), sent);
  });
}

const REQUIRES = 'requires: [date, subject]\n';
const JUNE: RowCondition = { field: 'date', from: '2026-06-01', to: '2026-06-30' };
const TOWN: RowCondition = { field: 'township', in: ['330922101'] };

const pageOf = (where: RowCondition, more: Partial<FeedPageRequest> = {}): FeedPageRequest => ({
  kind: 'Inspection',
  where,
  orderBy: [{ field: 'date', direction: 'desc' }],
  reversed: false,
  limit: 5,
  fields: ['date'],
  ...more,
});

describe('requires', () => {
  it('refuses pages and counts without one of the filters, names them, and sends nothing', async () => {
    const lacking: readonly RowCondition[] = [
      { all: [] },
      TOWN,
      { not: JUNE },
      { any: [JUNE, TOWN] },
      { field: 'date', isNull: false },
      { all: [TOWN, { not: { subject: [`uscc:${USCC}`] } }] },
    ];
    await withRequired(REQUIRES, async ({ feed }, sent) => {
      for (const where of lacking) {
        const [page] = await feed.page(pageOf(where), testContext());
        const [tally] = await feed.tally({ kind: 'Inspection', where, by: [], measures: [] }, testContext());
        for (const part of [page, tally]) {
          expect(part).toMatchObject({
            state: 'MISSING',
            reason: expect.stringContaining('请按 date、subject 筛选'),
          });
          expect(part).not.toHaveProperty('data');
        }
      }
      expect(sent).toEqual([]);
    });
  });

  it('refuses a later page of a list whose first page it refused', async () => {
    await withRequired(REQUIRES, async ({ feed }, sent) => {
      const after = { keys: ['2026-06-01'], interface: 'market.inspection', key: ['r1'] };
      const [page] = await feed.page(pageOf(TOWN, { after }), testContext());
      expect(page?.state).toBe('MISSING');
      expect(sent).toEqual([]);
    });
  });

  it('answers with a filter, by key, and by a filter that no row can satisfy', async () => {
    const answered: readonly (readonly [RowCondition, number])[] = [
      [JUNE, 100],
      [{ all: [TOWN, JUNE] }, 0],
      [{ subject: [`uscc:${USCC}`] }, 12],
      [{ any: [{ subject: [`uscc:${USCC}`] }, { field: 'date', from: '2026-06-28' }] }, 19],
      [{ ids: ['market.inspection:r7', 'market.inspection:r8'] }, 2],
      [{ field: 'department', in: ['MARINE'] }, 0],
    ];
    await withRequired(REQUIRES, async ({ feed }) => {
      for (const [where, count] of answered) {
        const [tally] = await feed.tally({ kind: 'Inspection', where, by: [], measures: [] }, testContext());
        expect(tally?.state).toBe('LIVE');
        const counted = tally?.data?.reduce((sum, bucket) => sum + bucket.count, 0);
        if (count > 0) expect(counted).toBe(count);
        const [page] = await feed.page(pageOf(where, { limit: 1000 }), testContext());
        expect(page?.data?.rows).toHaveLength(counted ?? -1);
      }
    });
  });

  it('reads no row of its own accord: neither for freshness nor for keys, marks and spellings', async () => {
    await withRequired(REQUIRES, async ({ feed }, sent) => {
      const [outcome] = await feed.freshness(testContext());
      expect(outcome).toMatchObject({ state: 'LIVE', asOf: null });
      expect(sent).toEqual([]);
      const numbers = [1, 2, 3].map(
        (n): RowCondition => ({ field: 'number', sameNumber: `嵊检〔2026〕${n}号` }),
      );
      const [page] = await feed.page(
        pageOf({ all: [JUNE, { any: numbers }] }, { mark: true }),
        testContext(),
      );
      expect(page).toMatchObject({ state: 'LIVE', data: { mark: null } });
      expect(sent.map(({ request }) => JSON.stringify(request.where))).toEqual(
        sent.map(() => expect.stringContaining('"op":"gte","value":"20260601"')),
      );
    });
  });
});

describe('estimatePage()', () => {
  it('tells the rows that a page reads within a factor of two', async () => {
    const filter = fc.oneof(
      fc.constant<RowCondition>({ all: [] }),
      fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 28 })).map(
        ([month, day]): RowCondition => ({
          field: 'date',
          from: `2026-0${month}-${String(day).padStart(2, '0')}`,
        }),
      ),
      fc.constantFrom<RowCondition>(
        TOWN,
        { subject: [`uscc:${USCC}`] },
        { field: 'department', in: ['MARINE'] },
      ),
    );
    await withRequired('', async ({ feed, served }, sent) => {
      const [one] = served;
      if (one === undefined) throw new Error('no interface');
      await feed.freshness(testContext());
      await fc.assert(
        fc.asyncProperty(
          fc.array(filter, { maxLength: 2 }),
          fc.integer({ min: 1, max: 50 }),
          async (all, limit) => {
            const where: RowCondition = { all };
            const estimate = await estimatePage(one, where, limit, testContext());
            const before = sent.length;
            await feed.page(pageOf(where, { limit }), testContext());
            const read = sent
              .slice(before)
              .reduce((sum, one) => sum + (one.operation === 'read' ? one.rows.length : 0), 0);
            expect(estimate?.read ?? -1).toBeGreaterThanOrEqual(read / 2);
            expect(estimate?.read ?? -1).toBeLessThanOrEqual(read * 2);
          },
        ),
        { numRuns: process.env.DEEP === undefined ? 60 : 1000 },
      );
    });
  });
});

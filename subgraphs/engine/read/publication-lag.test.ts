import type { RowCondition } from '../../kinds/row-condition.js';
import { addDays } from '../../values/dates/calendar.js';
import { createWorkingDays } from '../../values/dates/working-days.js';
import { openSmallDepartment, TODAY, testContext, withSqlite } from '../testing/small-department.js';
import { presentOf } from './row/compile-derived.js';
import { pushWhere } from './where/push-where.js';

const mapping = (name: string, fields: string): string => `interface: market.${name}
title: 案件
owner: { department: market }
feeds: Case
source: { connection: market, table: cases }
key: [code]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: MARKET }
  stage: { value: SERVED }
  decidedAt: { column: decided, type: Date, format: yyyyMMdd, sorts: asText }
${fields}`;

const WHOLE = mapping('penalty', '  publishedAt: { column: published, type: Date, format: any }\n');
const UNAWARE = mapping('old', '');
/** The Dragon Boat Festival of 2026, and a Saturday worked. */
const EXCEPTIONS = ['2026-06-19', '2026-06-27'];
const LIMIT = 3;
/** Not published within three working days. */
const LATE: RowCondition = { field: 'publicationLagWorkingDays', from: String(LIMIT + 1) };

/** Every decision of the weeks before today, published up to eight days later, never, or on an unreadable day. */
const ROWS = Array.from({ length: 30 }, (_, back) => addDays(TODAY, -back)).flatMap((decided) =>
  [null, '？', ...Array.from({ length: 9 }, (_, after) => addDays(decided, after))].map((published) => ({
    code: `${decided}/${published}`,
    decided,
    published,
  })),
);
const quote = (text: string | null): string => (text === null ? 'null' : `'${text}'`);
const SQL = `create table cases (code text primary key, decided text, published text);
insert into cases values ${ROWS.map(
  ({ code, decided, published }) =>
    `(${quote(code)}, ${quote(decided.replaceAll('-', ''))}, ${quote(published)})`,
).join(', ')}, ('undecided', null, '2026-06-01');`;

function isLate(decided: string, published: string | null): boolean {
  const limit = createWorkingDays(EXCEPTIONS).limitOf(decided, LIMIT);
  return limit < TODAY && (published === null || published > limit);
}

describe('a filter by lateness', () => {
  const expected = ROWS.filter(({ decided, published }) =>
    isLate(decided, published === '？' ? null : published),
  ).map(({ code }) => code);

  it('finds on a database what looking at every row finds, as a page and as a count', () =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([WHOLE], new Map([['market', adapter]]), {
        exceptions: EXCEPTIONS,
      });
      const where = LATE;
      const [page] = await feed.page(
        { kind: 'Case', where, orderBy: [], reversed: false, limit: 1000, fields: [] },
        testContext(),
      );
      expect(page?.data?.rows.map(({ key: [code] }) => code).sort()).toEqual([...expected].sort());
      const [tally] = await feed.tally({ kind: 'Case', where, by: [], measures: [] }, testContext());
      expect(tally?.data).toEqual([{ key: [], count: expected.length, measures: [] }]);
      const [rest] = await feed.tally(
        { kind: 'Case', where: { not: where }, by: [], measures: [] },
        testContext(),
      );
      expect(rest?.data).toEqual([{ key: [], count: ROWS.length + 1 - expected.length, measures: [] }]);
    }));

  it('asks the source only for decisions whose limit is over', () =>
    withSqlite(SQL, async (adapter) => {
      const { served } = openSmallDepartment([WHOLE], new Map([['market', adapter]]), {
        exceptions: EXCEPTIONS,
      });
      // Monday the 29th, Saturday the 27th and Friday the 26th are the last three working days before today.
      const conditions = served.map(
        ({ compiled }) => pushWhere(compiled, LATE, presentOf(compiled, TODAY)).condition,
      );
      expect(JSON.stringify(conditions)).toContain('"op":"lt","value":"20260626"');
    }));

  it('finds nothing where an interface does not hold the later day, nor its opposite anything less than all', () =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([UNAWARE], new Map([['market', adapter]]), {
        exceptions: EXCEPTIONS,
      });
      const count = async (where: RowCondition): Promise<number> => {
        const [tally] = await feed.tally({ kind: 'Case', where, by: [], measures: [] }, testContext());
        return tally?.data?.[0]?.count ?? 0;
      };
      expect(await count(LATE)).toBe(0);
      expect(await count({ not: LATE })).toBe(ROWS.length + 1);
      expect(await count({ any: [LATE, { field: 'decidedAt', to: '2026-06-01' }] })).toBe(11);
    }));
});

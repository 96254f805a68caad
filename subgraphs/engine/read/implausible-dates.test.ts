import type { FeedPosition } from '../../feed/feed.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

const mapping = (format: string): string => `interface: market.inspection
title: 检查
owner: { department: market }
feeds: Inspection
source: { connection: market, table: result }
key: [task]
fields:
  department: { value: MARKET }
  date: { column: day, type: Date, format: ${format} }
watermark: { column: day, format: yyyy-MM-dd, every: 1d, warn: 26h, fail: 72h }
`;
const SQL = `
create table result (task text primary key, day text);
insert into result values
 ('T1', '2062-06-30'), ('T2', '2026-06-01'), ('T3', null), ('T4', '2026-06-30'), ('T5', '1026-06-30'), ('T6', '1926-01-01');
`;

/** Every row in pages of two: its key and its date. */
async function walk(format: string): Promise<readonly string[]> {
  return withSqlite(SQL, async (adapter) => {
    const { feed } = openSmallDepartment([mapping(format)], new Map([['market', adapter]]));
    const seen: string[] = [];
    let after: FeedPosition | undefined;
    for (let pages = 0; pages < 9; pages += 1) {
      const [part] = await feed.page(
        {
          kind: 'Inspection',
          where: { all: [] },
          orderBy: [{ field: 'date', direction: 'desc' }],
          reversed: false,
          limit: 2,
          fields: ['date'],
          ...(after !== undefined && { after }),
        },
        testContext(),
      );
      if (part?.data === undefined) throw new Error(part?.reason ?? 'no part');
      const { rows } = part.data;
      seen.push(
        ...rows.map((row) => `${row.key.join()} ${row.values[0] ?? '-'} ${row.quality.join()}`.trim()),
      );
      const last = rows.at(-1);
      if (last === undefined) break;
      after = { interface: 'market.inspection', keys: last.sort, key: last.key };
    }
    return seen;
  });
}

test.each(['yyyy-MM-dd', 'any'])(
  'a check of the year 2062 is shown and is not the newest (%s)',
  async (format) => {
    expect(await walk(format)).toEqual([
      'T4 2026-06-30',
      'T2 2026-06-01',
      'T6 1926-01-01 DATE_IMPLAUSIBLE:date',
      'T5 - DATE_UNREADABLE:date',
      'T3 -',
      'T1 2062-06-30 DATE_IMPLAUSIBLE:date',
    ]);
  },
);

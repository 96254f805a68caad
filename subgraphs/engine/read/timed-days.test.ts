import type { FeedOrder, FeedPosition } from '../../feed/feed.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

const mapping = (format: string, sorts: string): string => `interface: market.inspection
title: 检查
owner: { department: market }
feeds: Inspection
source: { connection: market, table: result }
key: [task]
fields:
  department: { value: MARKET }
  number: { column: number }
  date: { column: moment, type: Date, format: "${format}", sorts: ${sorts} }
watermark: { column: moment, format: "${format}", every: 1d, warn: 26h, fail: 72h }
`;
const SQL = `
create table result (task text primary key, number text, moment text, seconds integer);
insert into result (task, number, moment) values
 ('T1', 'B', '2026-06-02 08:00:00'), ('T2', 'C', '2026-06-02 16:30:00'), ('T3', 'A', '2026-06-02 12:00:00'),
 ('T4', 'D', '2026-06-01 23:59:59'), ('T5', 'E', '2026-06-03 00:00:00'), ('T6', 'F', '没有'), ('T7', 'G', '2025-01-01 06:00:00');
update result set seconds = strftime('%s', moment) - 8 * 3600 where moment <> '没有';
`;

async function walk(source: string, orderBy: readonly FeedOrder[], reversed: boolean): Promise<string> {
  return withSqlite(SQL, async (adapter) => {
    const { feed } = openSmallDepartment([source], new Map([['market', adapter]]));
    const seen: string[] = [];
    let after: FeedPosition | undefined;
    for (let pages = 0; pages < 9; pages += 1) {
      const [part] = await feed.page(
        {
          kind: 'Inspection',
          where: { all: [] },
          orderBy,
          reversed,
          limit: 2,
          fields: ['date'],
          ...(after !== undefined && { after }),
        },
        testContext(),
      );
      if (part?.data === undefined) throw new Error(part?.reason ?? 'no part');
      seen.push(...part.data.rows.map((row) => row.key.join()));
      const last = part.data.rows.at(-1);
      if (last === undefined) break;
      after = { interface: 'market.inspection', keys: last.sort, key: last.key };
    }
    return seen.join(' ');
  });
}

const day = { field: 'date', direction: 'desc' } as const;
const text = mapping('yyyy-MM-dd HH:mm:ss', 'asText');
const epoch = mapping('epochSeconds', 'asNumber').replaceAll('column: moment', 'column: seconds');

describe.each([
  ['texts', text],
  ['seconds', epoch],
])('a day kept with its time, as %s', (_, source) => {
  it('leaves the rows of one day to the tie-breaker, page by page', async () => {
    expect(await walk(source, [day], false)).toBe('T5 T3 T2 T1 T4 T7 T6');
    expect(await walk(source, [{ ...day, direction: 'asc' }], false)).toBe('T7 T4 T1 T2 T3 T5 T6');
  });

  it('leaves them to the next order key', async () => {
    const number = { field: 'number', direction: 'asc' } as const;
    expect(await walk(source, [day, number], false)).toBe('T5 T3 T1 T2 T4 T7 T6');
  });

  it('is the same order backwards', async () => {
    expect(await walk(source, [day], true)).toBe('T6 T7 T4 T1 T2 T3 T5');
  });
});

import type { FeedPart } from '../../feed/feed.js';
import { recordSource } from '../testing/recorded-source.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

const mapping = (bound: number, more = ''): string => `interface: market.case
title: 案件
owner: { department: market }
feeds: Case
source: { connection: market, table: cases }
key: [code]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: MARKET }
  stage: { value: FILED }
  filedAt: { column: filed, type: Date, format: any }
  decidedAt: { column: decided, type: Date, format: any }
  closedAt: { column: closed, type: Date, format: any }
${more}limits: { maxRowsScanned: ${bound} }
`;
const SQL = `create table cases (code text primary key, filed text, decided text, closed text);
insert into cases values
 ('a', '2026-06-01', '2026-06-01', '2026-06-01'),
 ('b', '2026-06-02', '2026-06-01', '2026-06-03'),
 ('c', '2026-06-02', null, '2026-06-01');`;

describe('a source that does not count', () => {
  it.each([
    [2, false],
    [3, true],
  ])('is counted here within %i rows: %s', (bound, isCounted) =>
    withSqlite(SQL, async (source) => {
      const { adapter } = recordSource(source, ['tallies']);
      const { feed } = openSmallDepartment([mapping(bound)], new Map([['market', adapter]]));
      const request = { kind: 'Case', where: { all: [] }, by: [], measures: [] } as const;
      const [tally]: readonly FeedPart<unknown>[] = await feed.tally(request, testContext());
      expect(tally).toMatchObject(
        isCounted
          ? { state: 'LIVE', data: [{ key: [], count: 3 }] }
          : { state: 'MISSING', reason: expect.stringMatching(/^SOURCE_TOO_LARGE: /) },
      );
    }),
  );
});

describe('days that contradict each other', () => {
  const marksOf = (text: string, fields: readonly string[]) =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([text], new Map([['market', adapter]]));
      const [page] = await feed.page(
        { kind: 'Case', where: { all: [] }, orderBy: [], reversed: false, limit: 5, fields },
        testContext(),
      );
      return page?.data?.rows.map(({ quality }) => quality.filter((mark) => mark.startsWith('TEMPORAL')));
    });

  it('are marked, and those of one day are not', async () => {
    expect(await marksOf(mapping(10), ['filedAt', 'decidedAt', 'closedAt'])).toEqual([
      [],
      ['TEMPORAL_INCONSISTENT:decidedAt'],
      ['TEMPORAL_INCONSISTENT:closedAt'],
    ]);
  });

  it('are marked where the mapping alone says which comes first', async () => {
    const fields = ['decidedAt', 'closedAt'];
    expect(await marksOf(mapping(10), fields)).toEqual([[], [], []]);
    expect(await marksOf(mapping(10, 'ordered: [[closedAt, decidedAt]]\n'), fields)).toEqual([
      [],
      ['TEMPORAL_INCONSISTENT:decidedAt'],
      [],
    ]);
  });
});

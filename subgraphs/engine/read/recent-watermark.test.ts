import { recordSource, type SentRequest } from '../testing/recorded-source.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

/** Today is 2026-06-30. */
const mapping = (recent: string, filed = 'format: yyyyMMdd, sorts: asText'): string => `interface: market.case
title: 案件
owner: { department: market }
feeds: Case
source: { connection: market, table: cases }
key: [code]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: MARKET }
  stage: { value: FILED }
  name: { column: filed }
  decidedAt: { column: decided, type: Date, format: yyyy-MM-dd }
  filedAt: { column: filed, type: Date, ${filed} }
where: { valid: '1' }
watermark:
  column: changed
  format: yyyyMMddHHmmss
  every: 1h
  warn: 1d
  fail: 2d
${recent}limits: { maxRowsScanned: 50 }
`;
const RECENT = '  recent: { column: filed, within: 30h }\n';

type Row = readonly [code: string, filed: string, decided: string, changed: string, valid: string];

/** Before the days that are looked at, by the day filed; newer than all others by the other day and the moment. */
const OLD: Row = ['old', '20260627', '2026-06-30', '20260630120000', '1'];
const FIRST_DAY: Row = ['first', '20260628', '2026-06-01', '20260628090000', '1'];
const NEWEST: Row = ['newest', '20260628', '2026-06-02', '20260629183000', '1'];
const UNREADABLE: Row = ['unreadable', '20260630', '2026-06-03', '20269999999999', '1'];
const LAST: Row = ['last', '20260630', '2026-06-01', '20260629080000', '1'];
const DELETED: Row = ['deleted', '20260630', '2026-06-30', '20260630110000', '0'];

interface Asked {
  readonly outcome: unknown;
  readonly sent: readonly SentRequest[];
}

/** The freshness of rows behind a source that does not count. */
function freshnessOf(text: string, rows: readonly Row[]): Promise<Asked> {
  const sql = `create table cases (code text primary key, filed text, decided text, changed text, valid text);
${rows.map((row) => `insert into cases values (${row.map((cell) => `'${cell}'`).join(', ')});`).join('\n')}`;
  return withSqlite(sql, async (source) => {
    const { adapter, sent } = recordSource(source, ['tallies']);
    const { feed } = openSmallDepartment([text], new Map([['market', adapter]]));
    const [outcome] = await feed.freshness(testContext());
    return { outcome, sent };
  });
}

const ALL = [OLD, FIRST_DAY, NEWEST, UNREADABLE, LAST, DELETED];

describe('the freshness of a source that does not count', () => {
  it('is the greatest moment among its rows of the last days, wherever that row stands', async () => {
    for (const rows of [ALL, ALL.toReversed()]) {
      const { outcome } = await freshnessOf(mapping(RECENT), rows);
      expect(outcome).toMatchObject({ state: 'LIVE', asOf: '2026-06-29T18:30:00+08:00', reason: null });
    }
  });

  it('is asked for by rows of the table, of the whole days from the first on, and by no other column', async () => {
    const all = (await freshnessOf(mapping(RECENT), ALL)).sent;
    // The other call is the look at one row.
    const sent = all.filter(({ request }) => !('limit' in request && request.limit === 1));
    expect(all).toHaveLength(2);
    expect(sent).toMatchObject([
      { operation: 'read', request: { columns: ['changed'], orderBy: [], limit: 50 } },
    ]);
    const moments = sent.flatMap((one) => (one.operation === 'read' ? one.rows.map(([cell]) => cell) : []));
    expect(moments.sort()).toEqual([FIRST_DAY, LAST, NEWEST, UNREADABLE].map(([, , , cell]) => cell).sort());
    expect(JSON.stringify(sent.map(({ request }) => request.where))).not.toContain('decided');
  });

  it('counts days from today back, a begun day as a whole one', async () => {
    for (const [within, found] of [
      ['1d', false],
      ['25h', true],
      ['48h', true],
    ] as const) {
      const { outcome } = await freshnessOf(mapping(`  recent: { column: filed, within: ${within} }\n`), [
        FIRST_DAY,
      ]);
      expect(outcome).toMatchObject(
        found
          ? {
              state: 'STALE',
              asOf: '2026-06-28T09:00:00+08:00',
              reason: expect.stringContaining('2 天'),
            }
          : { state: 'STALE', asOf: null, reason: expect.stringContaining('自 2026-06-29 以来没有数据') },
      );
    }
  });

  it('says since when there is no row, also where the rows that are there do not count', async () => {
    for (const rows of [[], [OLD], [DELETED], [UNREADABLE]]) {
      const { outcome } = await freshnessOf(mapping(RECENT), rows);
      expect(outcome).toMatchObject({
        state: 'STALE',
        asOf: null,
        reason: 'STALE: 自 2026-06-28 以来没有数据。No row since 2026-06-28.',
      });
    }
  });

  it.each([
    ['the mapping names no recent rows', mapping('')],
    ['no day of the mapping stands in the column', mapping('  recent: { column: changed, within: 30h }\n')],
    ['the source cannot be asked by the day', mapping(RECENT, 'format: any')],
  ])('is unknown, and not asked for, where %s', async (_why, text) => {
    const { outcome, sent } = await freshnessOf(text, ALL);
    expect(outcome).toMatchObject({ state: 'LIVE', asOf: null, reason: null });
    expect(sent).toMatchObject([{ operation: 'read', request: { limit: 1 } }]);
  });
});

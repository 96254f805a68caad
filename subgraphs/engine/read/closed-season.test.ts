import type { RowCondition } from '../../kinds/row-condition.js';
import { createClosedSeasons } from '../../values/dates/closed-seasons.js';
import { openSmallDepartment, TODAY, testContext, withSqlite } from '../testing/small-department.js';
import { presentOf } from './row/compile-derived.js';
import { pushWhere } from './where/push-where.js';

const mapping = (name: string, gear: string): string => `interface: marine.${name}
title: 进出港报告
owner: { department: marine }
feeds: PortCall
source: { connection: marine, table: calls }
key: [code]
subject: [{ scheme: vesselname, column: code }]
fields:
  department: { value: MARINE }
  direction: { column: way, type: Code, codes: marine/port-direction }
  reportedAt: { column: at, type: DateTime, format: "yyyy-MM-dd HH:mm:ss", zone: UTC, sorts: asText }
  date: { column: at, type: Date, format: "yyyy-MM-dd HH:mm:ss", zone: UTC, sorts: asText }
${gear}`;

const WHOLE = mapping('port-call', '  gear: { column: gear, type: Code, codes: marine/gear }\n');
const UNAWARE = mapping('trip', '');
const CLOSED: RowCondition = { field: 'closedSeason', in: [true] };
const SEASONS = createClosedSeasons([
  {
    year: 2026,
    closed: [
      { gears: ['TRAWL'], from: '2026-05-01T12:00:00+08:00', until: '2026-06-16T12:00:00+08:00' },
      { gears: ['POTS'], from: '2026-05-01T12:00:00+08:00', until: '2026-05-20T12:00:00+08:00' },
    ],
    open: ['HOOK_AND_LINE'],
  },
]);

/** Code, direction, moment in UTC, gear as written, and what the season is. */
const ROWS: readonly (readonly [string, string, string, string | null, boolean | null])[] = [
  ['before noon', '1', '2026-05-01 03:59:59', '01', false],
  ['at noon', '1', '2026-05-01 04:00:00', '01', true],
  ['last second', '出港', '2026-06-16 03:59:59', '双船拖网', true],
  ['over', '1', '2026-06-16 04:00:00', '01', false],
  ['full width', '1', '2026-05-10 00:00:00', '０８', true],
  ['pots again', '1', '2026-05-20 04:00:00', '08', false],
  ['hooks', '1', '2026-05-10 00:00:00', '07', false],
  ['arrival', '2', '2026-05-10 00:00:00', '01', null],
  ['no gear', '1', '2026-05-10 00:00:00', null, null],
  ['old form', '1', '2026-05-10 00:00:00', '88', null],
  ['not told', '1', '2026-05-10 00:00:00', '13', null],
  ['another year', '1', '2025-05-10 00:00:00', '01', null],
];
const quote = (text: string | null): string => (text === null ? 'null' : `'${text}'`);
const SQL = `create table calls (code text primary key, way text, at text, gear text);
insert into calls values ${ROWS.map((row) => `(${row.slice(0, 4).map((cell) => quote(cell as string | null))})`).join(', ')};`;

describe('PortCall.closedSeason', () => {
  it('is told of departures alone, by gear and to the second', () =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([WHOLE], new Map([['marine', adapter]]), {
        closedSeasons: SEASONS,
      });
      const [page] = await feed.page(
        {
          kind: 'PortCall',
          where: { all: [] },
          orderBy: [],
          reversed: false,
          limit: 100,
          fields: ['closedSeason'],
        },
        testContext(),
      );
      const told = new Map(page?.data?.rows.map(({ key: [code], values: [value] }) => [code, value]));
      expect(told).toEqual(new Map(ROWS.map(([code, , , , closed]) => [code, closed])));
    }));

  it.each([true, false])('finds by a filter for %s what looking at every row finds', (value) =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([WHOLE], new Map([['marine', adapter]]), {
        closedSeasons: SEASONS,
      });
      const where: RowCondition = { field: 'closedSeason', in: [value] };
      const expected = ROWS.filter(([, , , , closed]) => closed === value).map(([code]) => code);
      const [page] = await feed.page(
        { kind: 'PortCall', where, orderBy: [], reversed: false, limit: 100, fields: [] },
        testContext(),
      );
      expect(page?.data?.rows.map(({ key: [code] }) => code).sort()).toEqual([...expected].sort());
      const [tally] = await feed.tally({ kind: 'PortCall', where, by: [], measures: [] }, testContext());
      expect(tally?.data).toEqual([{ key: [], count: expected.length, measures: [] }]);
    }),
  );

  it('is asked of the source whole: direction, gear and time in its own spelling, and nothing is left to look at', () =>
    withSqlite(SQL, async (adapter) => {
      const { served } = openSmallDepartment([WHOLE], new Map([['marine', adapter]]), {
        closedSeasons: SEASONS,
      });
      const [pushed] = served.map(({ compiled }) => pushWhere(compiled, CLOSED, presentOf(compiled, TODAY)));
      const text = JSON.stringify(pushed?.condition);
      for (const cell of ['2026-05-01 04:00:00', '2026-06-16 04:00:00', '双船拖网', '出港'])
        expect(text).toContain(cell);
      expect(pushed?.residual).toBeNull();
    }));

  it('finds nothing where an interface does not ask for gear', () =>
    withSqlite(SQL, async (adapter) => {
      const { feed } = openSmallDepartment([UNAWARE], new Map([['marine', adapter]]), {
        closedSeasons: SEASONS,
      });
      const [tally] = await feed.tally(
        { kind: 'PortCall', where: CLOSED, by: [], measures: [] },
        testContext(),
      );
      expect(tally?.data?.[0]?.count ?? 0).toBe(0);
    }));
});

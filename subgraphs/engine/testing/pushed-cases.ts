import type { RowCondition } from '../../kinds/row-condition.js';

/** One column per type of field; days, amounts and codes are those of the same rows in every spelling. */
export const PUSHED_MAPPING = `interface: market.case
title: 案件
owner: { department: market }
feeds: Case
source: { connection: market, table: cases }
key: [code]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  filedAt: { column: filed, type: Date, format: yyyyMMdd, sorts: asText }
  decidedAt: { column: decided, type: Date, format: yyyy-MM-dd, sorts: asText }
  servedAt: { column: served, type: Date, format: yyyyMMddHHmmss, sorts: asText }
  closedAt: { column: closed, type: Date, format: "yyyy-MM-dd HH:mm:ss", zone: UTC, sorts: asText }
  publishedAt: { column: published, type: Date, format: epochMillis, sorts: asNumber }
  paidAt: { column: paid_at, type: Date, format: native, sorts: native }
  fine: { column: fine, type: Decimal, unit: 万元, sorts: asDecimal }
  confiscated: { column: confiscated, type: Decimal, sorts: asDecimal }
  paid: { column: paid, type: Decimal }
  stage: { column: stage, type: Code, codes: market/case-stage }
  publication: { column: publication, type: Code, codes: cases/publication-status, many: "," }
  penalties: { column: penalties, type: Codes, codes: market/penalty-kind, many: "," }
  source: { column: origin, type: Code, codes: market/case-source, many: "||" }
  postponed: { column: postponed, type: Boolean, truths: ["1", 是] }
  township: { column: township, type: Township }
  decisionNo: { column: number, type: DocumentNumber }
  name: { column: reason }
  officers: { column: officers, type: Texts, split: "," }
  team: { column: chief, type: PersonName }
`;

type Cell = string | number | null;

/** SQL types of the columns that are no texts. */
const TYPES: Readonly<Record<string, string>> = {
  code: 'varchar(10)',
  published: 'bigint',
  paid_at: 'date',
  fine: 'numeric(20, 6)',
  confiscated: 'numeric(20, 6)',
};

const millis = (moment: string): number => Date.parse(moment);

/** Cells of the rows a to f, by column. */
const CELLS: Readonly<Record<string, readonly Cell[]>> = {
  code: ['a', 'b', 'c', 'd', 'e', 'f'],
  uscc: ['91330922MA28K00156', null, null, null, null, null],
  filed: ['20260101', '20260630', '20260701', null, '20260231', '2026年'],
  decided: ['2026-01-01', '2026-06-30', '2026-07-01', null, '2026-02-31', '20260630'],
  served: ['20260101000000', '20260630235959', '20260701000000', null, '20260630246060', '20260630'],
  closed: [
    '2025-12-31 16:00:00',
    '2026-06-30 15:59:59',
    '2026-06-30 16:00:00',
    null,
    '9999-12-31 00:00:00',
    '',
  ],
  published: [
    millis('2026-01-01T00:00:00+08:00'),
    millis('2026-06-30T23:59:59+08:00'),
    millis('2026-07-01T00:00:00+08:00'),
    ...[null, null, null],
  ],
  paid_at: ['2026-01-01', '2026-06-30', '2026-07-01', null, null, null],
  fine: [1, 2.5, 100, null, 0, 0.00005],
  confiscated: [10000, 25000, 1000000, null, 0, 0.5],
  paid: ['10000', '25000元', '1,000,000', null, '0', '0.5'],
  stage: ['50', ' 50 ', '送达', null, '', 'ZZ'],
  publication: ['0', '0,1', '1', null, ',', 'Z'],
  penalties: ['1', '1,2', '2', null, ',', 'Z'],
  origin: ['1', '1||2', '1|2', null, '', '2||Z'],
  postponed: ['1', '是', '0', null, '', '？'],
  township: ['330922101', '330922101000', '嵊山镇', '330922100', null, '定海区'],
  number: ['嵊罚〔2026〕第007号', '嵊罚[2026]7号', '嵊罚〔2026〕70号', null, '无', '嵊罚〔2026〕7号（补）'],
  reason: ['无照经营', ' 无照经营 ', '超范围经营', null, '暂无', '无照'],
  officers: ['张三,李四', '张三', '张三丰', null, '', '李四'],
  chief: ['张三', '欧阳锋', '李四', null, '无', '张'],
};

/** The statements that make the table and fill it. */
export const PUSHED_SQL: readonly string[] = [
  `create table cases (${Object.keys(CELLS)
    .map((column) => `${column} ${TYPES[column] ?? 'varchar(100)'}`)
    .join(', ')}, primary key (code))`,
  ...(CELLS.code ?? []).map(
    (_code, row) =>
      `insert into cases values (${Object.values(CELLS)
        .map((cells) => cells[row] ?? null)
        .map((cell) => (cell === null ? 'null' : typeof cell === 'number' ? cell : `'${cell}'`))
        .join(', ')})`,
  ),
];

/** What the source must do for a filter: decide alone, leave out some rows, or nothing in particular. */
type Share = 'all' | 'some' | 'any';

/** A filter by one field, and what is to become of it. */
export interface PushedCase {
  readonly where: RowCondition & { readonly field: string };
  /** Keys of the rows that satisfy it. */
  readonly wanted: string;
  readonly share: Share;
}

function exactly(where: PushedCase['where'], wanted: string): PushedCase {
  return { where, wanted, share: 'all' };
}

function partly(where: PushedCase['where'], wanted: string): PushedCase {
  return { where, wanted, share: 'some' };
}

function here(where: PushedCase['where'], wanted: string): PushedCase {
  return { where, wanted, share: 'any' };
}

const DAYS = ['filedAt', 'decidedAt', 'servedAt', 'closedAt', 'publishedAt', 'paidAt'];
const AMOUNTS = ['fine', 'confiscated'];

export const PUSHED_CASES: readonly PushedCase[] = [
  ...DAYS.flatMap((field) => [
    exactly({ field, from: '2026-06-30' }, 'bc'),
    exactly({ field, to: '2026-06-30' }, 'ab'),
    exactly({ field, from: '2026-01-01', to: '2026-06-30' }, 'ab'),
    exactly({ field, from: '2026-01-02', to: '2026-06-29' }, ''),
    exactly({ field, in: ['2026-06-30', '2026-07-01'] }, 'bc'),
    exactly({ field, isNull: true }, 'def'),
    exactly({ field, isNull: false }, 'abc'),
  ]),
  ...AMOUNTS.flatMap((field) => [
    exactly({ field, from: '10000' }, 'abc'),
    exactly({ field, to: '25000.00' }, 'abef'),
    exactly({ field, from: '10000.01', to: '999999.99' }, 'b'),
    exactly({ field, from: '0.5', to: '0.5' }, 'f'),
    exactly({ field, in: ['25000', '0.00'] }, 'be'),
    exactly({ field, isNull: true }, 'd'),
    exactly({ field, isNull: false }, 'abcef'),
  ]),
  here({ field: 'paid', from: '10000', to: '25000' }, 'ab'),
  here({ field: 'paid', in: ['1000000'] }, 'c'),
  here({ field: 'paid', isNull: true }, 'd'),
  exactly({ field: 'stage', in: ['DECIDED'] }, 'ab'),
  exactly({ field: 'stage', in: ['SERVED', 'UNKNOWN'] }, 'cf'),
  exactly({ field: 'stage', isNull: true }, 'de'),
  exactly({ field: 'stage', isNull: false }, 'abcf'),
  exactly({ field: 'publication', in: ['PUBLISHED'] }, 'ab'),
  exactly({ field: 'publication', in: ['WITHDRAWN'] }, 'c'),
  partly({ field: 'publication', in: ['UNKNOWN'] }, 'f'),
  here({ field: 'publication', isNull: true }, 'de'),
  exactly({ field: 'penalties', in: ['WARNING'] }, 'ab'),
  exactly({ field: 'penalties', in: ['FINE'] }, 'bc'),
  here({ field: 'penalties', isNull: true }, 'de'),
  // No pattern names a separator of two characters: were it taken for two separators, c would be an inspection.
  here({ field: 'source', in: ['INSPECTION'] }, 'ab'),
  here({ field: 'source', in: ['UNKNOWN'] }, 'c'),
  here({ field: 'source', isNull: true }, 'de'),
  exactly({ field: 'postponed', in: [true] }, 'ab'),
  exactly({ field: 'postponed', in: [false] }, 'c'),
  exactly({ field: 'postponed', isNull: true }, 'def'),
  exactly({ field: 'township', in: ['330922101'] }, 'abc'),
  exactly({ field: 'township', in: ['330922100', '330922102'] }, 'd'),
  exactly({ field: 'township', isNull: true }, 'ef'),
  partly({ field: 'decisionNo', sameNumber: '嵊罚(2026)7号' }, 'ab'),
  exactly({ field: 'decisionNo', in: ['嵊罚[2026]7号'] }, 'b'),
  exactly({ field: 'decisionNo', isNull: true }, 'de'),
  exactly({ field: 'name', in: ['无照经营'] }, 'ab'),
  exactly({ field: 'name', contains: '经营' }, 'abc'),
  exactly({ field: 'name', contains: '无' }, 'abf'),
  exactly({ field: 'name', isNull: true }, 'de'),
  partly({ field: 'officers', in: ['张三'] }, 'ab'),
  partly({ field: 'officers', contains: '三丰' }, 'c'),
  here({ field: 'officers', isNull: true }, 'de'),
  exactly({ field: 'team', isNull: true }, 'de'),
  // What is masked in the answer must not be found by its full name.
  here({ field: 'team', in: ['张三'] }, ''),
];

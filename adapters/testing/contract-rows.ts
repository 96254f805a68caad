import type { ContractCell, ContractTable } from './contract-source.js';

/** Texts that collations, encodings and paddings like to confuse. */
export const TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    'a',
    'A',
    'a ',
    'a  ',
    ' a',
    'b',
    'B',
    'ab',
    'aB',
    'Z',
    'z',
    'ä',
    'a\u0308',
    'ß',
    'ss',
    'i',
    'I',
  ],
  ...[
    'İ',
    'ı',
    'é',
    'E',
    'a\t',
    'a\n',
    '\ta',
    'x\ny',
    '-',
    'a-b',
    '_',
    '%',
    'a%',
    '\\',
    "O'Brien",
    '"',
    '`',
    '$1',
    '?',
  ],
  ...[
    '０',
    'ａ',
    '㟙',
    '𣗋',
    '嵊泗',
    '嵊泗县',
    '😀',
    '😀x',
    '👩‍👩‍👧',
    '\u{FFFD}',
    '\u{E000}',
    '\u{D7FF}',
    '\u{10FFFF}',
    '\u200b',
  ],
  ...['12', '012', '12abc', '1e1', '12.0', ' 12', '+12', '-1', '0x10', 'null', 'NULL', 'true'],
  ...['2026-06-30', '20260630', '2026-6-30', '2026-06', '2026-06-30 08:00:00', '长期'],
];

const DECIMALS: readonly string[] = [
  '123456789012345678901234.12345678',
  '-123456789012345678901234.12345678',
  '0.00000001',
  '0.00000000',
  '-0.00000001',
  '12.50000000',
  '12.49999999',
  '9007199254740993.00000000',
  '1.00000000',
  '-1.00000000',
  '100.00000000',
];

const INTEGERS: readonly bigint[] = [
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 53n + 1n,
  2n ** 53n,
  2n ** 53n - 1n,
  0n,
  1n,
  -1n,
  12n,
  20260630n,
];

const DATES: readonly string[] = [
  '0001-01-01',
  '1582-10-15',
  '1899-12-31',
  '1900-01-01',
  '1970-01-01',
  '2000-02-29',
  '2026-06-30',
  '2026-07-01',
  '9999-12-31',
];

const MOMENTS: readonly string[] = [
  '1899-12-31 23:59:59',
  '1970-01-01 00:00:00',
  '1986-05-04 02:30:00',
  '2026-06-30 00:00:00',
  '2026-06-30 08:00:00',
  '2026-06-30 08:00:00.5',
  '2026-06-30 08:00:00.123456',
  '2026-07-01 00:00:00',
  '9999-12-31 23:59:59',
];

const FLOATS: readonly number[] = [
  0, 0.1, -0.1, 0.5, 1e21, -1e21, 5e-324, 1.7976931348623157e308, 12, 9007199254740992,
];

const BYTES: readonly Uint8Array[] = [
  new Uint8Array([]),
  new Uint8Array([0]),
  new Uint8Array([0, 255, 92, 39]),
  new Uint8Array([97]),
  new Uint8Array([97, 32]),
];

/** Scatters the row numbers, differently for each column, so that no column follows from another. */
function scatter(index: number, column: number): number {
  const mixed = Math.imul(index * 31 + column + 1, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 8;
}

/** Every nth row has null, at a different rhythm in each column; the others any of the values. */
function pick<T extends ContractCell>(
  values: readonly T[],
  index: number,
  column: number,
  nullEvery: number,
): T | null {
  if (index % nullEvery === nullEvery - 1) return null;
  return values[scatter(index, column) % values.length] ?? null;
}

/** About 200 rows in which every kind of cell occurs, many of them tied with others. */
export const CONTRACT_ROWS: ContractTable = {
  name: 'contract_rows',
  columns: [
    { name: 'id', type: 'integer', nullable: false },
    { name: 'name', type: 'text', nullable: true },
    { name: 'label', type: 'text', nullable: false },
    { name: 'amount', type: 'decimal', nullable: true },
    { name: 'size', type: 'integer', nullable: true },
    { name: 'day', type: 'date', nullable: true },
    { name: 'moment', type: 'datetime', nullable: true },
    { name: 'ratio', type: 'float', nullable: true },
    { name: 'bytes', type: 'binary', nullable: true },
  ],
  primaryKey: ['id'],
  rows: Array.from({ length: 210 }, (_, index) => [
    index + 1,
    index % 11 === 10 ? null : (TEXTS[index % TEXTS.length] ?? null),
    TEXTS[scatter(index, 2) % TEXTS.length] ?? '',
    pick(DECIMALS, index, 3, 7),
    pick(INTEGERS, index, 4, 9),
    pick(DATES, index, 5, 8),
    pick(MOMENTS, index, 6, 10),
    pick(FLOATS, index, 7, 6),
    pick(BYTES, index, 8, 6),
  ]),
};

/** Values to compare with, of the column's own kind and of every other. */
export const VALUES: readonly Exclude<ContractCell, null>[] = [
  ...TEXTS,
  ...DECIMALS,
  ...INTEGERS,
  ...DATES,
  ...MOMENTS,
  ...FLOATS,
  ...BYTES,
  ...[
    '12.5',
    '12.500000001',
    '-0',
    '9007199254740993',
    '9223372036854775808',
    '-9223372036854775809',
    '1e400',
  ],
  ...['99999999999999999999999999999999999999', '0.30000000000000004', '0.1', '100', '1e2'],
  ...[
    '2026-02-30',
    '0000-00-00',
    '2026-06-30 24:00:00',
    '2026-06-30T08:00:00',
    '2026-06-30 08:00:00.50',
    'infinity',
  ],
  ...['2026-06-30 08:00:00.1234567', '10000-01-01', '0001-01-01 00:00:00'],
  ...['a\0', '\0', 'a\ud83d', '\ude00', '\ud83d\ude00\0', '61', '00ff5c27'],
  ...[12.5, -1, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN],
];

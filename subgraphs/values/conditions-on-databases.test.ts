import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateCondition } from '../../adapters/evaluate-condition.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { booleanCodec } from './codes/boolean-codec.js';
import { codeCodec, codesCodec } from './codes/code-codec.js';
import { parseCodeList } from './codes/parse-code-list.js';
import { dateCodec, dateTimeCodec } from './dates/date-codec.js';
import type { TextFormat } from './dates/date-format.js';
import { townshipCodec } from './places/township-codec.js';
import { parseTownships } from './places/townships.js';
import { satisfies } from './satisfies.js';
import { CELL_DATABASES, type OpenDatabase } from './testing/cell-databases.js';
import { documentNumberCodec } from './texts/document-number-codec.js';
import { textCodec } from './texts/text-codec.js';
import type { CellPredicate, ValueCodec } from './value-codec.js';

/** Dirty cells of every class; a database must find among them what the codecs read. */
const CELLS: readonly (string | null)[] = [
  null,
  '',
  ' ',
  '\u3000',
  '\u200b\ufeff',
  'null',
  'ＮＵＬＬ',
  '\\N',
  ' \\N\r\n',
  '暂无',
  '无',
  '1',
  ' 1 ',
  '１',
  '2\t',
  'A',
  'a',
  'Ａ\u00a0',
  '1,2',
  '1，a',
  ',2',
  ' , ',
  '未发现问题',
  '不配合(情节严重)',
  '不配合（情节严重）',
  'Z9',
  '是',
  'Y',
  'ｙ',
  'ſ',
  'K',
  '20260630',
  '20260631',
  '20240229',
  '20230229',
  '19000101',
  '19000102',
  '20991230',
  '20991231',
  '99991231',
  '2026-06-30 08:00:00',
  '2026-06-30 08:00:00.0',
  '2026-06-30 16:00:00',
  '2026-06-30 24:00:00',
  '330922101',
  '330922101000',
  '330922101 菜园镇',
  '3309221019',
  '嵊山镇\n',
  '嵊泗县嵊山',
  '洋山镇滨港路\n1号',
  '嵊综执罚决字〔2026〕第001号',
  '嵊综执罚决字[2026] 1号',
  '嵊综执罚决字（２０２６）第1号',
  '嵊综执罚决字〔2026〕第010号',
  'a.b',
  'a[b]c\\d',
  'a|b$^{}*+?-',
  '𣗋山',
  '㟙',
  '%_',
  'a/b\u2028c',
  "'1",
  " '1 ",
  "'1'",
  '＇1',
  '="1"',
  '=" 1 "\t',
  '="1"2"',
  '=""',
  "'",
  '="无"',
  '\'="1"',
  '="1,2"',
  "'1，A",
  '="是"',
  '="330922101"',
  "'嵊山镇",
  '="嵊综执罚决字〔2026〕第001号"',
  '3.30922E+11',
  '="3.3E+12"',
  '2026-06-30 08:00',
  '2026-06-30 24:00',
  '2026/06/30 08:00:00',
  '2026/6/30 08:00:00',
  '2026-06-30T08:00:00',
  '2026年06月30日08时00分',
  '2026年06月30日',
  '2026年02月30日',
  '2026.06.30',
  '2026-06.30',
];

/** Formats that SQL reads in three dialects of patterns: dots, slashes, Chinese signs, minutes alone. */
const FORMATS: readonly TextFormat[] = [
  'yyyy.MM.dd',
  'yyyy年MM月dd日',
  'yyyy-MM-dd HH:mm',
  'yyyy/MM/dd HH:mm:ss',
  'yyyy-MM-ddTHH:mm:ss',
  'yyyy年MM月dd日HH时mm分',
];

const ENUMS = new Map([['Result', ['OBSTRUCTED', 'ISSUE', 'NONE', 'UNKNOWN']]]);
const CODES = `list: t/l
title: x
enum: Result
codes:
  - { code: '1', label: 未发现问题, value: NONE, aliases: [正常] }
  - { code: '2', label: 发现问题, value: ISSUE }
  - { code: A, label: '不配合(情节严重)', value: OBSTRUCTED }
`;

function codecs(): readonly { name: string; codec: ValueCodec; predicates: readonly CellPredicate[] }[] {
  const parsedCodes = parseCodeList(CODES, 'l.yaml', 't/l', ENUMS);
  const file = join(findProjectRoot(), 'schema/codes/county/townships.yaml');
  const parsedTownships = parseTownships(readFileSync(file, 'utf8'), 'townships.yaml');
  if (parsedCodes.kind === 'problems' || parsedTownships.kind === 'problems')
    throw new Error('Cannot read lists');
  const codes = { list: parsedCodes.list, dated: false, nulls: [] };
  const isNull: CellPredicate = { op: 'isNull' };
  const days = { zone: 'Asia/Shanghai', isNumeric: false, nulls: [] };
  const oneOf = (...values: (string | boolean)[]): CellPredicate => ({ op: 'in', values });
  const results = [isNull, oneOf('NONE'), oneOf('ISSUE', 'OBSTRUCTED'), oneOf('UNKNOWN'), oneOf()];
  const ranges: readonly CellPredicate[] = [
    isNull,
    { op: 'range', from: '2026-06-30', to: '2026-06-30' },
    { op: 'range', to: '2024-02-29' },
    oneOf('2024-02-29', '2026-06-30'),
  ];
  const texts = [
    '1',
    "'1'",
    '="1"',
    '="1"2"',
    'a.b',
    'a[b]c\\d',
    'a|b$^{}*+?-',
    '𣗋山',
    '%_',
    'a/b\u2028c',
    '\\N',
    'A',
    'K',
  ];
  return [
    {
      name: 'text',
      codec: textCodec([]),
      predicates: [
        isNull,
        ...texts.flatMap((text): CellPredicate[] => [oneOf(text), { op: 'contains', text }]),
      ],
    },
    { name: 'boolean', codec: booleanCodec(['1', 'Y'], []), predicates: [isNull, oneOf(true), oneOf(false)] },
    { name: 'code', codec: codeCodec({ ...codes, many: undefined }), predicates: results },
    { name: 'gravest code', codec: codeCodec({ ...codes, many: ',' }), predicates: results },
    { name: 'codes', codec: codesCodec({ ...codes, many: ',' }), predicates: results },
    { name: 'yyyyMMdd', codec: dateCodec({ ...days, format: 'yyyyMMdd' }), predicates: ranges },
    {
      name: 'yyyy-MM-dd HH:mm:ss in UTC',
      codec: dateTimeCodec({ ...days, format: 'yyyy-MM-dd HH:mm:ss', zone: 'UTC' }),
      predicates: [isNull, { op: 'range', from: '2026-07-01' }, { op: 'range', to: '2026-06-30' }],
    },
    ...FORMATS.map((format) => ({
      name: format,
      codec: dateTimeCodec({ ...days, format }),
      predicates: [...ranges, { op: 'range', from: '2026-06-30T07:59:30+08:00' } as const],
    })),
    {
      name: 'township',
      codec: townshipCodec(parsedTownships.townships, []),
      predicates: [isNull, oneOf('330922101'), oneOf('330922100', '330922102')],
    },
    {
      name: 'document number',
      codec: documentNumberCodec({ nulls: [], isCanonical: false }),
      predicates: [
        { op: 'sameNumber', text: '嵊综执罚决字〔2026〕第1号' },
        { op: 'sameNumber', text: '嵊综执罚决字(2026)10号' },
        isNull,
        oneOf('嵊综执罚决字〔2026〕第001号', '3.30922E+11', '1'),
        { op: 'contains', text: '〔2026〕' },
        { op: 'contains', text: '3.3' },
      ],
    },
  ];
}

describe.each(CELL_DATABASES)('pushed conditions on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open({ c: { type: 'text', cells: CELLS } });
  });
  afterAll(async () => {
    await database.adapter.close();
    await database.stop();
  });

  test.each(codecs())('$name', async ({ codec, predicates }) => {
    for (const predicate of predicates) {
      const pushed = codec.push(predicate, 'c');
      if (pushed === null) continue;
      const rows = await database.adapter.read(
        {
          from: { name: 'cells' },
          columns: ['id'],
          where: pushed.condition,
          orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
          limit: 1000,
        },
        { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 1_000_000 },
      );
      const found = rows.map(([id]) => CELLS[Number(id)]);
      const inMemory = evaluateCondition(pushed.condition, [{ name: 'c', type: 'text' }]);
      expect({ predicate, found }).toEqual({
        predicate,
        found: CELLS.filter((cell) => inMemory([cell ?? null])),
      });
      const wanted = CELLS.filter((cell) =>
        satisfies(codec.decode(cell).value, predicate, { compare: 'text' }),
      );
      expect(found).toEqual(pushed.exact ? wanted : expect.arrayContaining(wanted));
    }
  });
});

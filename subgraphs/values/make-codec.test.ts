import { MappingError } from '../../runtime/yaml/problem.js';
import type { FieldMapping, FieldMappingType } from './field-mapping.js';
import { type CodecEnvironment, makeCodec } from './make-codec.js';

const place = { file: 'market/inspection.yaml', line: 14, column: 3 };
const field = (type: FieldMappingType, more: Partial<FieldMapping> = {}): FieldMapping => ({
  place,
  name: 'f',
  column: 'c',
  type,
  nulls: [],
  ...more,
});
const environment: CodecEnvironment = {
  codeLists: new Map([
    [
      't/l',
      {
        list: 't/l',
        title: 'x',
        enum: 'E',
        order: ['A', 'B'],
        codes: [
          { place, code: '1', label: '甲', aliases: [], value: 'B' },
          { place, code: '2', label: '乙', aliases: [], value: 'A' },
        ],
      },
    ],
  ]),
  townships: {
    bounds: null,
    countyCode: '330922',
    prefixes: ['嵊泗县'],
    list: [{ code: '330922100', name: '菜园镇', english: '', otherNames: [] }],
  },
  personKey: 'key',
};

test.each<[FieldMappingType, Partial<FieldMapping>, string | number, unknown]>([
  ['Text', {}, ' a ', 'a'],
  ['Texts', { split: '、' }, '甲、乙', ['甲', '乙']],
  ['Date', { format: 'yyyyMMdd' }, '20260630', '2026-06-30'],
  ['Date', {}, '2026-06-30', '2026-06-30'],
  ['DateTime', { zone: 'UTC' }, '2026-06-30 00:00:00', '2026-06-30T08:00:00+08:00'],
  ['Decimal', { unit: '万元' }, '1.5', '15000.00'],
  ['Integer', {}, '12', 12],
  ['Boolean', { truths: ['Z'] }, 'z', true],
  ['Code', { codes: 't/l', many: ',' }, '1,2', 'A'],
  ['Codes', { codes: 't/l', many: ',' }, '1,2', ['B', 'A']],
  ['Township', {}, '菜园', '330922100'],
  ['DocumentNumber', {}, '嵊渔罚〔2026〕1号', '嵊渔罚〔2026〕1号'],
  ['PersonName', {}, '张三', '张*'],
])('makeCodec() %s', (type, more, cell, value) => {
  expect(makeCodec(field(type, more), environment).decode(cell).value).toEqual(value);
});

test('makeCodec() sorts what the mapping says is sorted', () => {
  expect(makeCodec(field('Date', { format: 'yyyyMMdd', sorts: 'asText' }), environment).sort?.compare).toBe(
    'text',
  );
  expect(makeCodec(field('Decimal', { sorts: 'asNumber' }), environment).sort?.compare).toBe('number');
  expect(makeCodec(field('Decimal'), environment).sort).toBeUndefined();
  expect(makeCodec(field('Text'), environment).sort).toBeUndefined();
});

test('makeCodec() names the place of a mapping that cannot be read', () => {
  expect(() => makeCodec(field('Code', { codes: 't/x' }), environment)).toThrow(MappingError);
  expect(() => makeCodec(field('Code', { codes: 't/x' }), environment)).toThrow(
    'market/inspection.yaml:14:3: error field: 字段“f”无法读取。 Cannot read field "f": codes must name a code list of schema/codes/, but is "t/x".',
  );
  expect(() => makeCodec(field('DateTime', { zone: 'Mars' }), environment)).toThrow(
    'the zone must be an IANA name',
  );
});

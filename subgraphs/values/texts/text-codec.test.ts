import fc from 'fast-check';
import { ANY_TEXT, dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { textCodec } from './text-codec.js';

const codec = textCodec([]);

test.each([
  '',
  '  ',
  'undefined',
  'null',
  'NULL',
  ' Null ',
  '暂无',
  '无',
  '\\N',
  '\\n',
  '\\N\r\n',
  'ｎｕｌｌ',
])('D4 %j is nothing, and marked', (cell) => {
  expect(codec.decode(cell)).toEqual({ value: null, quality: ['NULL_WORD'] });
});

test('NULL is nothing without a mark', () => {
  expect(codec.decode(null)).toEqual({ value: null, quality: [] });
});

test('words of the mapping mean nothing in its column alone', () => {
  expect(textCodec(['待查']).decode(' 待查 ').value).toBeNull();
  expect(codec.decode('待查').value).toBe('待查');
});

test.each(['3.30922E+17', '1.38E+11', '3E+17'])('a number shown in part is kept and marked: %s', (cell) => {
  expect(codec.decode(cell)).toEqual({ value: cell, quality: ['NUMBER_IMPRECISE'] });
  expect(codec.decode(cell.replace('+', ''))).toEqual({ value: cell.replace('+', ''), quality: [] });
});

test.each(['锟斤拷公司', '嵊泗\ufffd县', 'ÖÜÉ½ÊÐ', 'å¯Œæ²™'])(
  'D10 %j is kept and marked as damaged',
  (cell) => {
    expect(codec.decode(cell)).toEqual({ value: cell, quality: ['TEXT_DAMAGED'] });
  },
);

test.each(['㟙山', '𣗋', '阿布都·热合曼', 'Café', '9 m²', '±5°'])('D10 %j is whole', (cell) => {
  expect(codec.decode(cell)).toEqual({ value: cell, quality: [] });
});

test('D11 blanks, full-width blanks, zero-width characters, line ends and tabs are trimmed', () => {
  expect(codec.decode('\ufeff\u3000 海晏\u3000渔业\u200b\t\r\n').value).toBe('海晏\u3000渔业');
});

test('numbers and bytes are read as their text', () => {
  expect(codec.decode(12).value).toBe('12');
  expect(codec.decode(9007199254740993n).value).toBe('9007199254740993');
  expect(codec.decode(new TextEncoder().encode('嵊泗')).value).toBe('嵊泗');
});

const values = fc.oneof(
  fc.constantFrom(
    'A01',
    'a01',
    '嵊泗县',
    'a b',
    'a.b',
    '[x]',
    'x\\y',
    '^',
    '(1)',
    '\\N',
    '无',
    '',
    ' a',
    '12',
  ),
  ANY_TEXT,
);
const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  fc.record({ op: fc.constant('in' as const), values: fc.array(values, { maxLength: 3 }) }),
  fc.record({ op: fc.constant('contains' as const), text: values }),
  fc.constant({ op: 'isNull' } as const),
  fc.record({ op: fc.constant('range' as const), from: values }),
);

test.each([[[]], [['待查', 'x[y']]])('pushes keep the law, further null words %j', (nulls) => {
  const cells = fc.oneof(JUNK, dirtied(values), ANY_TEXT, fc.constantFrom('待查', ' x[y', 'x]y'));
  expectPushLaw({ codec: textCodec(nulls), type: 'text', cells, predicates });
});

test('pushes are exact for the ordinary', () => {
  expect(codec.push({ op: 'in', values: ['A01'] }, 'c')?.exact).toBe(true);
  expect(codec.push({ op: 'contains', text: '渔业' }, 'c')?.exact).toBe(true);
  expect(codec.push({ op: 'isNull' }, 'c')?.exact).toBe(true);
});

test('pushes keep the law on integer columns', () => {
  const cells = fc.oneof(fc.integer(), fc.constant(null));
  expectPushLaw({ codec, type: 'integer', cells, predicates });
});

test('D11 a search for blanks that were trimmed off finds nothing for certain', () => {
  const cells = fc.constantFrom(' a', 'x a', 'a ', 'ba', null);
  const texts = fc.constantFrom(' a', 'a ', 'a', ' ', '');
  const searches = texts.map((text): CellPredicate => ({ op: 'contains', text }));
  expectPushLaw({ codec, type: 'text', cells, predicates: searches });
});

import fc from 'fast-check';
import { ANY_TEXT, dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import type { Split } from './split.js';
import { textsCodec } from './texts-codec.js';

test('D15 a leading empty element stays, so that names and numbers pair', () => {
  const names = textsCodec(',', []).decode('张三,李四').value;
  const numbers = textsCodec(',', []).decode(',02051234').value;
  expect(names).toEqual(['张三', '李四']);
  expect(numbers).toEqual(['', '02051234']);
});

test('D15 separators count in either width, elements are trimmed, null words are empty elements', () => {
  expect(textsCodec(';', []).decode('张三； 李四 ;无;').value).toEqual(['张三', '李四', '', '']);
  expect(textsCodec(undefined, []).decode('甲、乙，丙；丁').value).toEqual(['甲', '乙', '丙', '丁']);
});

test('a cell of separators alone holds nothing', () => {
  expect(textsCodec(',', []).decode(' , ,')).toEqual({ value: null, quality: ['NULL_WORD'] });
  expect(textsCodec('.', []).decode('a.b').value).toEqual(['a', 'b']);
});

test('pushes keep the law', () => {
  const values = fc.oneof(fc.constantFrom('张三', '李四', '', 'a b', '无'), ANY_TEXT);
  const cells = fc.oneof(
    JUNK,
    fc.array(dirtied(values), { maxLength: 4 }).map((elements) => elements.join(',')),
  );
  const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
    fc.record({ op: fc.constant('in' as const), values: fc.array(values, { maxLength: 2 }) }),
    fc.record({ op: fc.constant('contains' as const), text: values }),
    fc.constant({ op: 'isNull' } as const),
  );
  expectPushLaw({ codec: textsCodec(',', []), type: 'text', cells, predicates });
});

test.each<[string, Split, string, readonly string[]]>([
  ['several separators', ['、', ';', ' '], '张三、李四；王五 赵六', ['张三', '李四', '王五', '赵六']],
  ['the longer of two separators', ['-', '--'], '甲--乙-丙', ['甲', '乙', '丙']],
  [
    'patterns taken out',
    { at: ['、', ','], strip: ['（.*?）', '^[0-9]+[.]'] },
    '1.张三（组长、主办）、2.李四',
    ['张三', '李四'],
  ],
  ['a guard around the whole', '、', '="张三、李四"', ['张三', '李四']],
])('a cell splits at %s', (_, split, cell, value) => {
  expect(textsCodec(split, []).decode(cell)).toEqual({ value, quality: [] });
});

test.each<[string, Split | undefined, readonly string[]]>([
  ['["张三","李,四",null]', ',', ['张三', '李,四', '']],
  ['[ "甲" , "乙、丙" ]', undefined, ['甲', '乙、丙']],
  ['[1,{"a":1}]', ';', ['1', '{"a":1}']],
  // No JSON, so the separator counts.
  ['[甲,乙]', ',', ['[甲', '乙]']],
])('a JSON list %s has the elements of the list', (cell, split, value) => {
  expect(textsCodec(split, []).decode(cell).value).toEqual(value);
});

test('an empty list holds nothing, and what JSON escapes is not looked for at the source', () => {
  expect(textsCodec(',', []).decode('[]').value).toBeNull();
  expect(textsCodec(',', []).decode('["a\\"b"]').value).toEqual(['a"b']);
  expect(textsCodec(',', []).push({ op: 'in', values: ['a"b'] }, 'c')).toBeNull();
  expect(textsCodec(',', []).push({ op: 'contains', text: '\\' }, 'c')).toBeNull();
});

test('what is stripped inside an element cannot be looked for at the source', () => {
  const codec = textsCodec({ at: '、', strip: ['（.*?）'] }, []);
  expect(codec.decode('张（代）三').value).toEqual(['张三']);
  expect(codec.push({ op: 'in', values: ['张三'] }, 'c')).toBeNull();
});

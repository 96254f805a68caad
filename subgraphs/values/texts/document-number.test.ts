import fc from 'fast-check';
import { ANY_TEXT, dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { normaliseDocumentNumber } from './document-number.js';
import { documentNumberCodec } from './document-number-codec.js';

test.each([
  '嵊综执罚决字〔2026〕第001号',
  '嵊综执罚决字[2026]第001号',
  '嵊综执罚决字【2026】1号',
  '嵊综执罚决字（2026）第 1 号',
  '嵊综执罚决字(２０２６)第０１号',
  ' 嵊综执罚决字〔2026〕 第1号\r\n',
  '嵊综执罚决字〔2026〕1',
])('%j is the first decision of 2026', (text) => {
  expect(normaliseDocumentNumber(text)).toBe('嵊综执罚决字(2026)1');
});

test.each([
  ['嵊综执罚决字〔2026〕第001号', '嵊综执罚决字〔2026〕第010号'],
  ['嵊市监处罚〔2026〕12号', '嵊市监处罚〔2025〕12号'],
  ['11330922MB1000002820262000001', '1133092MB1000002820262000001'],
  ['JC2026-0001', 'JC2026-1'],
])('%s and %s differ', (left, right) => {
  expect(normaliseDocumentNumber(left)).not.toBe(normaliseDocumentNumber(right));
});

test('the printed form is kept, trimmed', () => {
  expect(
    documentNumberCodec({ nulls: [], isCanonical: false }).decode(' 嵊市监处罚〔2026〕12号 ').value,
  ).toBe('嵊市监处罚〔2026〕12号');
});

const numbers = fc
  .tuple(
    fc.constantFrom('嵊综执罚决字', '嵊市监处罚', '嵊渔罚'),
    fc.constantFrom('〔〕', '[]', '【】', '（）', '()', '<>', ''),
    fc.constantFrom('2025', '2026', '２０２６', '2 026'),
    fc.constantFrom('', '第', ' 第 '),
    fc.constantFrom('', '0', '00', ' '),
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom('', '号', ' 号'),
  )
  .map(
    ([word, brackets, year, ordinal, zeros, number, end]) =>
      `${word}${brackets.slice(0, 1)}${year}${brackets.slice(1)}${ordinal}${zeros}${number}${end}`,
  );

test('pushes keep the law', () => {
  const texts = fc.oneof(numbers, fc.constantFrom('A-01', 'Ａ—01', '第', '(2026)浙0922行审1号'), ANY_TEXT);
  const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
    fc.record({ op: fc.constant('sameNumber' as const), text: texts }),
    fc.record({ op: fc.constant('in' as const), values: fc.array(texts, { maxLength: 2 }) }),
    fc.record({ op: fc.constant('contains' as const), text: texts }),
    fc.constant({ op: 'isNull' } as const),
  );
  expectPushLaw({
    codec: documentNumberCodec({ nulls: [], isCanonical: false }),
    type: 'text',
    cells: fc.oneof(JUNK, dirtied(texts)),
    predicates,
  });
});

test('every spelling of a number is found by every other', () => {
  const codec = documentNumberCodec({ nulls: [], isCanonical: false });
  fc.assert(
    fc.property(numbers, (text) => {
      expect(codec.push({ op: 'sameNumber', text }, 'c')?.condition.kind).toBe('matches');
    }),
  );
  expectPushLaw({
    codec,
    type: 'text',
    cells: numbers,
    predicates: numbers.map((text): CellPredicate => ({ op: 'sameNumber', text })),
  });
});

test.each([
  ['嵊综执罚决字〔2026〕第001号', '嵊综执罚决字〔2026〕1号'],
  ['嵊综执罚决字[２０２６] 1 号', '嵊综执罚决字〔2026〕1号'],
  ['慈税罚（2018）40', '慈税罚〔2018〕40号'],
  ['="市场【2019】1号"', '市场〔2019〕1号'],
  ['浙交运管许可舟字330922100012号', '浙交运管许可舟字330922100012号'],
])('%s is shown as %s', (cell, value) => {
  expect(documentNumberCodec({ nulls: [], isCanonical: true }).decode(cell)).toEqual({ value, quality: [] });
});

test('a number shown in part names no document', () => {
  const codec = documentNumberCodec({ nulls: [], isCanonical: false });
  expect(codec.decode('3.30922E+11')).toEqual({ value: null, quality: ['ID_IMPRECISE'] });
  expect(codec.decode('3E+17')).toEqual({ value: null, quality: ['ID_IMPRECISE'] });
  expect(codec.decode('3.30922198001E17')).toEqual({ value: null, quality: ['ID_IMPRECISE'] });
  expect(codec.decode('3E17')).toEqual({ value: '3E17', quality: [] });
  expect(codec.decode("'0012")).toEqual({ value: '0012', quality: [] });
});

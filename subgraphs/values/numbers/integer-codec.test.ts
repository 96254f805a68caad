import fc from 'fast-check';
import { JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw, expectSortLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { integerCodec } from './integer-codec.js';

const codec = integerCodec({ isNumeric: true, nulls: ['-1'] });

test.each<[string | number | bigint, number | string]>([
  ['12', 12],
  [' １２ ', 12],
  ['1,234', 1234],
  ['1,234,567', 1234567],
  ['12.0', 12],
  ['12人', 12],
  ['3 辆', 3],
  ['-3', -3],
  ['007', 7],
  ['十二', 12],
  ['二百零三', 203],
  [5, 5],
  [9007199254740993n, '9007199254740993'],
])('%p is %p', (cell, value) => {
  expect(codec.decode(cell)).toEqual({ value, quality: [] });
});

test.each(['12.5', 'x', '1,23', '1.25e1', '12.4999', '9'.repeat(31)])('%s is unreadable', (cell) => {
  expect(codec.decode(cell)).toEqual({ value: null, quality: ['NUMBER_UNREADABLE'] });
});

test('a null word of the mapping', () => {
  expect(codec.decode(-1)).toEqual({ value: null, quality: ['NULL_WORD'] });
});

const bounds = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('0.5', '-0.5', '3.0', '9007199254740993', 'x'),
);
const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  fc.record({ op: fc.constant('range' as const), from: bounds }),
  fc.record({ op: fc.constant('range' as const), from: bounds, to: bounds }),
  fc.record({ op: fc.constant('in' as const), values: fc.array(bounds, { maxLength: 3 }) }),
  fc.constant({ op: 'isNull' } as const),
);
const cells = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer(),
  fc.constantFrom(null, 9007199254740992n, 9007199254740993n, -(2n ** 63n)),
);

test('pushes keep the law', () => {
  expectPushLaw({ codec, type: 'integer', cells, predicates, compare: 'number' });
  expectPushLaw({
    codec: integerCodec({ isNumeric: false, nulls: [] }),
    type: 'text',
    cells: JUNK,
    predicates,
    compare: 'number',
  });
});

test('sorts keep the law', () => {
  expectSortLaw({ codec, type: 'integer', cells, compare: 'number' });
});

describe('integerCodec() with words', () => {
  const codec = integerCodec({ isNumeric: false, nulls: [], words: new Map([['非常满意', 5]]) });

  it('reads the words of the mapping, digits and numerals alike', () => {
    expect(['非常满意', ' 非常满意　', '4', '三'].map((cell) => codec.decode(cell).value)).toEqual([
      5, 5, 4, 3,
    ]);
  });

  it('reads a word that means nothing elsewhere', () => {
    const nobody = integerCodec({ isNumeric: false, nulls: [], words: new Map([['无', 0]]) });
    expect(nobody.decode('无')).toEqual({ value: 0, quality: [] });
    expect(nobody.decode('暂无')).toEqual({ value: null, quality: ['NULL_WORD'] });
    expect(codec.decode('无')).toEqual({ value: null, quality: ['NULL_WORD'] });
  });

  it('marks other words', () => {
    expect(codec.decode('满意')).toEqual({ value: null, quality: ['NUMBER_UNREADABLE'] });
  });
});

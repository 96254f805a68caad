import fc from 'fast-check';
import { dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { booleanCodec } from './boolean-codec.js';

test.each<[string | number | boolean | bigint | null, boolean | null]>([
  ['1', true],
  ['是', true],
  [' Ｙ ', true],
  ['true', true],
  [1, true],
  [true, true],
  ['√', true],
  ['0', false],
  ['否', false],
  ['无', false],
  ['n', false],
  [0n, false],
  [false, false],
  ['2', false],
  [null, null],
  ['', null],
  ['暂无', null],
  ['也许', null],
])('%p is %p', (cell, value) => {
  expect(booleanCodec(undefined, []).decode(cell).value).toBe(value);
});

test('truths of the mapping decide among digits', () => {
  const codec = booleanCodec(['2'], []);
  expect([codec.decode('2').value, codec.decode('1').value, codec.decode('是').value]).toEqual([
    true,
    false,
    true,
  ]);
});

test('what is neither yes nor no is marked', () => {
  expect(booleanCodec(undefined, []).decode('也许').quality).toEqual(['BOOLEAN_UNREADABLE']);
});

const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  fc.record({ op: fc.constant('in' as const), values: fc.subarray([true, false, 'true']) }),
  fc.constant({ op: 'isNull' } as const),
  fc.constant({ op: 'contains', text: '是' } as const),
);

test.each([[undefined], [['1', '是', 'Y']], [['2']], [['[是]']]])(
  'pushes keep the law, truths %j',
  (truths) => {
    const cells = fc.oneof(
      JUNK,
      dirtied(fc.constantFrom('1', '0', '2', 'yes', 'No', '是', '否', 'true', '[是]', '[是[', 'ſ', 'K')),
    );
    expectPushLaw({ codec: booleanCodec(truths, []), type: 'text', cells, predicates });
  },
);

test('pushes keep the law on integer and boolean columns', () => {
  expectPushLaw({
    codec: booleanCodec(['1'], []),
    type: 'integer',
    cells: fc.constantFrom(0, 1, 2, 3, 1n, null),
    predicates,
  });
  expectPushLaw({
    codec: booleanCodec(undefined, []),
    type: 'boolean',
    cells: fc.constantFrom(true, false, null),
    predicates,
  });
  expectPushLaw({
    codec: booleanCodec(['是'], []),
    type: 'boolean',
    cells: fc.constantFrom(true, false, null),
    predicates,
  });
});

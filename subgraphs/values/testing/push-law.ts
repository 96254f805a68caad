import fc from 'fast-check';
import { evaluateCondition } from '../../../adapters/evaluate-condition.js';
import type { ColumnType } from '../../../adapters/source-adapter.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { atDepth } from '../../../test/deep.js';
import { satisfies } from '../satisfies.js';
import { compareSortTexts } from '../texts/sort-text.js';
import type { CellPredicate, ValueCodec } from '../value-codec.js';

interface PushLaw {
  readonly codec: ValueCodec;
  readonly type: ColumnType;
  readonly cells: fc.Arbitrary<SourceValue>;
  readonly predicates: fc.Arbitrary<CellPredicate>;
  readonly compare?: 'text' | 'number';
  /** Days by which a dated code list is read. */
  readonly asOf?: fc.Arbitrary<string | null>;
}

/**
 * The law of `ValueCodec.push`: an exact condition holds for exactly the cells whose value satisfies the
 * predicate, any other for all of these and perhaps for more.
 */
export function expectPushLaw({ codec, type, cells, predicates, compare = 'text', asOf }: PushLaw): void {
  fc.assert(
    fc.property(cells, predicates, asOf ?? fc.constant(null), (cell, predicate, day) => {
      const pushed = codec.push(predicate, 'c');
      if (pushed === null) return;
      const { value } = codec.decode(cell, day);
      const held = evaluateCondition(pushed.condition, [{ name: 'c', type }])([cell]);
      const wanted = satisfies(value, predicate, { compare });
      if (pushed.exact ? held !== wanted : wanted && !held) {
        throw new Error(
          `${JSON.stringify(predicate)} on ${JSON.stringify(String(cell))} (value ${JSON.stringify(value)}): the source says ${held}, exact ${pushed.exact}`,
        );
      }
    }),
    { numRuns: atDepth(700, 7000) },
  );
}

/**
 * The law of `ValueCodec.sort`: the guard holds for exactly the cells with a value, sort texts come in the
 * source's order of cells and never contradict the order of values, and each leads back to its cell.
 */
export function expectSortLaw({ codec, type, cells, compare = 'text' }: Omit<PushLaw, 'predicates'>): void {
  const { sort } = codec;
  if (sort === undefined) throw new Error('Cannot check the order: the codec has none');
  const columns = [{ name: 'c', type }];
  const guard = evaluateCondition(sort.guard('c'), columns);
  fc.assert(
    fc.property(cells, cells, (left, right) => {
      for (const cell of [left, right]) {
        expect(guard([cell])).toBe(codec.decode(cell).value !== null);
        expect(sort.sortText(cell) === null).toBe(codec.decode(cell).value === null);
      }
      const [a, b] = [sort.sortText(left), sort.sortText(right)];
      if (a === null || b === null || left === null || right === null) return;
      const order = Math.sign(compareSortTexts(a, b, sort.compare));
      const is = (op: 'lt' | 'eq' | 'gt'): boolean =>
        evaluateCondition({ kind: 'compare', column: 'c', op, value: right }, columns)([left]);
      expect(order).toBe(is('lt') ? -1 : is('gt') ? 1 : 0);
      const values = [codec.decode(left).value, codec.decode(right).value].map(String);
      const byValue = Math.sign(compareSortTexts(values[0] ?? '', values[1] ?? '', compare));
      expect(byValue === 0 || byValue === order).toBe(true);
      expect(
        evaluateCondition(
          { kind: 'compare', column: 'c', op: 'eq', value: sort.cellOf(a) ?? '' },
          columns,
        )([left]),
      ).toBe(true);
    }),
    { numRuns: atDepth(400, 4000) },
  );
}

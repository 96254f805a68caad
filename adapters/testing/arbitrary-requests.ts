import fc from 'fast-check';
import type { Condition } from '../condition.js';
import type { OrderTerm } from '../source-adapter.js';
import { CONTRACT_ROWS, TEXTS, VALUES } from './contract-rows.js';

const names = CONTRACT_ROWS.columns.map((column) => column.name);
const column = fc.constantFrom(...names);
const textColumn = fc.constantFrom('name', 'label');
const value = fc.constantFrom(...VALUES);

export const PATTERNS: readonly string[] = [
  '[0-9]{8}',
  '[0-9]{4}-[0-9]{2}-[0-9]{2}',
  'a.*',
  '.',
  '..',
  '(a|A)b?',
  '[a-z]+',
  '[嵊𣗋]泗?',
  '.*',
  '',
  'a[ ]*',
  '(19|20)[0-9]{2}.*',
  '-?[0-9]+(,[0-9])?',
  "O'B[a-z]+",
  '[/]|a/b',
];

/** Any filter over the contract's rows, with values of the right kind and of the wrong one. */
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition; leaf: Condition }>(
  (tie) => ({
    leaf: fc.oneof(
      fc.record({
        kind: fc.constant('compare' as const),
        column,
        op: fc.constantFrom('eq' as const, 'lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
        value,
      }),
      fc.record({ kind: fc.constant('in' as const), column, values: fc.array(value, { maxLength: 6 }) }),
      fc.record({ kind: fc.constant('isNull' as const), column }),
      fc.record({
        kind: fc.constant('matches' as const),
        column: fc.oneof(textColumn, column),
        pattern: fc.constantFrom(...PATTERNS),
      }),
      fc.record({
        kind: fc.constantFrom('contains' as const, 'startsWith' as const),
        column: fc.oneof(textColumn, column),
        text: fc.constantFrom(...TEXTS, '\ud83d', '\0'),
      }),
      fc.uniqueArray(column, { minLength: 1, maxLength: 3 }).chain((columns) =>
        fc.record({
          kind: fc.constant('inTuples' as const),
          columns: fc.constant(columns),
          tuples: fc.array(fc.oneof(tupleOfRow(columns), fc.tuple(...columns.map(() => value))), {
            maxLength: 5,
          }),
        }),
      ),
      fc.constantFrom<Condition>({ kind: 'always' }, { kind: 'never' }),
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
      fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    ),
  }),
).condition;

/** Cells that stand together in a row, so that tuples also find something. */
function tupleOfRow(columns: readonly string[]): fc.Arbitrary<(string | number | bigint | Uint8Array)[]> {
  return fc
    .nat(CONTRACT_ROWS.rows.length - 1)
    .map((index) => columns.map((name) => CONTRACT_ROWS.rows[index]?.[names.indexOf(name)] ?? ''));
}

/** A total order: some terms, ties broken by the id. */
export const anyOrder: fc.Arbitrary<OrderTerm[]> = fc
  .tuple(
    fc.uniqueArray(
      fc.record({
        column: fc.constantFrom(...names.filter((name) => name !== 'id')),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
        nulls: fc.constantFrom('first' as const, 'last' as const),
        guard: fc.option(anyCondition, { nil: null, freq: 2 }),
      }),
      { selector: (term) => term.column, maxLength: 3 },
    ),
    fc.constantFrom('asc' as const, 'desc' as const),
  )
  .map(([terms, direction]) => [
    ...terms.map(({ guard, ...term }): OrderTerm => (guard === null ? term : { ...term, guard })),
    { column: 'id', direction, nulls: 'excluded' },
  ]);

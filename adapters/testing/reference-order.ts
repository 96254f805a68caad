import { compareCells } from '../compare-cells.js';
import { evaluateCondition } from '../evaluate-condition.js';
import type { OrderTerm, SourceColumn } from '../source-adapter.js';
import type { SourceRow, SourceValue } from '../source-value.js';

/** The order that a read must have, worked out in memory. */
export function compareRows(
  terms: readonly OrderTerm[],
  columns: readonly Pick<SourceColumn, 'name' | 'type'>[],
): (a: SourceRow, b: SourceRow) => number {
  const comparers = terms.map((term) => {
    const key = sortKey(term, columns);
    const type = columns.find((column) => column.name === term.column)?.type ?? 'other';
    return (a: SourceRow, b: SourceRow): number => {
      const [left, right] = [key(a), key(b)];
      if (left === null || right === null) {
        const nullSide = term.nulls === 'first' ? -1 : 1;
        return left === right ? 0 : left === null ? nullSide : -nullSide;
      }
      const order = compareCells(left, right, type);
      return term.direction === 'asc' ? order : -order;
    };
  });
  return (a, b) => {
    for (const compare of comparers) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** The cell by which a row sorts: null where the guard says so. */
export function sortKey(
  term: OrderTerm,
  columns: readonly Pick<SourceColumn, 'name' | 'type'>[],
): (row: SourceRow) => SourceValue {
  const index = columns.findIndex((column) => column.name === term.column);
  const guard = evaluateCondition(term.guard ?? { kind: 'always' }, columns);
  return (row) => (guard(row) ? (row[index] ?? null) : null);
}

/** The same order walked from its other end. */
export function reverseOrder(terms: readonly OrderTerm[]): OrderTerm[] {
  return terms.map((term) => ({
    ...term,
    direction: term.direction === 'asc' ? 'desc' : 'asc',
    nulls: term.nulls === 'excluded' ? 'excluded' : term.nulls === 'first' ? 'last' : 'first',
  }));
}

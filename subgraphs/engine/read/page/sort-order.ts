import { compareCells } from '../../../../adapters/compare-cells.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import type { FeedOrder } from '../../../feed/feed.js';
import { compareSortTexts } from '../../../values/texts/sort-text.js';
import type { SortCodec } from '../../../values/value-codec.js';
import type { CompiledField, CompiledInterface } from '../../compile/compiled-interface.js';
import { comparisonOfField } from '../where/predicate.js';

/** One order key as this interface can serve it. */
export type CompiledOrder = {
  /** The canonical field. */
  readonly name: string;
  /** After `reversed` was applied. */
  readonly direction: 'asc' | 'desc';
  readonly compare: 'text' | 'number';
} & (
  | { /** Every row has the same sort text. */ readonly kind: 'fixed'; readonly text: string | null }
  | { /** The source sorts. */ readonly kind: 'column'; readonly column: string; readonly sort: SortCodec }
  | { /** Sorted here, after decoding. */ readonly kind: 'memory'; readonly field: CompiledField }
);

/** A total order over the rows of one interface. */
export interface CompiledSort {
  readonly orders: readonly CompiledOrder[];
  /** Direction of the tie-breakers (interface, key). */
  readonly tie: 'asc' | 'desc';
  /** Where null stands: last when reading forwards, first when reading backwards. */
  readonly nulls: 'first' | 'last';
  /** The source sorts and resumes by itself. */
  readonly atSource: boolean;
}

export function compileSort(
  compiled: CompiledInterface,
  orderBy: readonly FeedOrder[],
  reversed: boolean,
): CompiledSort {
  const flip = (direction: 'asc' | 'desc'): 'asc' | 'desc' =>
    reversed === (direction === 'asc') ? 'desc' : 'asc';
  const orders = orderBy.map((order): CompiledOrder => {
    const direction = flip(order.direction);
    const name = order.field;
    const compare = comparisonOfField(compiled, order.field);
    const field = compiled.fields.get(order.field);
    if (field === undefined) return { kind: 'fixed', name, text: null, direction, compare };
    if (field.kind === 'constant') {
      return { kind: 'fixed', name, text: sortTextOf(field.value), direction, compare };
    }
    const { sort } = field.codec;
    if (sort === undefined || sort.finer === true) return { kind: 'memory', name, field, direction, compare };
    return { kind: 'column', name, column: field.column, sort, direction, compare: sort.compare };
  });
  const { orders: canOrder, keyset, filters } = compiled.adapter.capabilities;
  return {
    orders,
    tie: flip(orderBy[0]?.direction ?? 'asc'),
    nulls: reversed ? 'first' : 'last',
    atSource: canOrder && keyset && filters && orders.every((order) => order.kind !== 'memory'),
  };
}

/** Sort text of a canonical value that was decoded here. */
export function sortTextOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.join('\u0000') : String(value);
}

/** Where a row stands: sort texts of the order keys, and its key cells. */
interface SortPosition {
  readonly sort: readonly (string | null)[];
  readonly keyCells: readonly SourceValue[];
}

/** Compares the order keys alone. */
export function compareSortKeys(
  sort: CompiledSort,
  left: readonly (string | null)[],
  right: readonly (string | null)[],
): number {
  for (const [index, order] of sort.orders.entries()) {
    const result = compareOneKey(sort, order, left[index] ?? null, right[index] ?? null);
    if (result !== 0) return result;
  }
  return 0;
}

export function compareOneKey(
  sort: CompiledSort,
  order: CompiledOrder,
  left: string | null,
  right: string | null,
): number {
  if (left === null || right === null) {
    if (left === right) return 0;
    return (left === null) === (sort.nulls === 'last') ? 1 : -1;
  }
  const result = compareSortTexts(left, right, order.compare);
  return order.direction === 'asc' ? result : -result;
}

/** Compares two rows of one interface. */
export function comparePositions(sort: CompiledSort, left: SortPosition, right: SortPosition): number {
  const result = compareSortKeys(sort, left.sort, right.sort);
  if (result !== 0) return result;
  for (const [index, cell] of left.keyCells.entries()) {
    const other = right.keyCells[index] ?? null;
    // Keys are never null; cells carry their own type, so the column's is not needed.
    const tie = cell === null || other === null ? 0 : compareCells(cell, other, 'other');
    if (tie !== 0) return sort.tie === 'asc' ? tie : -tie;
  }
  return 0;
}

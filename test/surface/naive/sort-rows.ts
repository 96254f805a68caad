import type { FieldValue } from '../../../subgraphs/kinds/field-value.js';
import { declarationOf, type RowKind } from '../../../subgraphs/kinds/kinds.js';
import type { CanonicalRow } from '../canonical-rows.js';
import { compareTexts } from './compare-texts.js';
import { compareExact, readExact } from './exact-number.js';

export type Direction = 'ASC' | 'DESC';

/** `{ filedAt: 'DESC' }`, as its GraphQL variable. */
export type OrderItem = Readonly<Record<string, Direction>>;

/**
 * Rows in the order of a list: nulls last in either direction; ties by interface and key, in the direction of the first
 * item. Without items, in the order that the kind declares.
 */
export function sortRows(
  kind: RowKind,
  rows: readonly CanonicalRow[],
  orderBy: readonly OrderItem[] | null,
): readonly CanonicalRow[] {
  const { order, fields } = declarationOf(kind);
  const items = orderBy?.flatMap((item) => Object.entries(item)) ?? order.map(usualItem);
  const tie = items[0]?.[1] === 'DESC' ? -1 : 1;
  return [...rows].sort((left, right) => {
    for (const [field, direction] of items) {
      const [a, b] = [left.values.get(field) ?? null, right.values.get(field) ?? null];
      const isNumber = fields[field]?.type === 'Decimal' || fields[field]?.type === 'Integer';
      const result = compareValues(a, b, isNumber, direction === 'DESC' ? -1 : 1);
      if (result !== 0) return result;
    }
    return tie * (compareTexts(left.interface, right.interface) || compareKeys(left, right));
  });
}

function usualItem({ field, direction }: { field: string; direction: string }): readonly [string, Direction] {
  return [field, direction === 'desc' ? 'DESC' : 'ASC'];
}

function compareValues(left: FieldValue, right: FieldValue, isNumber: boolean, sign: 1 | -1): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const [a, b] = [String(left), String(right)];
  return sign * (isNumber ? compareExact(readExact(a), readExact(b)) : compareTexts(a, b));
}

/** Cell by cell; every key of the demo is text, or has as many digits in every row. */
function compareKeys(left: CanonicalRow, right: CanonicalRow): number {
  const [ours, theirs] = [cellsOf(left), cellsOf(right)];
  for (const [index, cell] of ours.entries()) {
    const result = compareTexts(cell, theirs[index] ?? '');
    if (result !== 0) return result;
  }
  return 0;
}

function cellsOf({ id, interface: name }: CanonicalRow): readonly string[] {
  return id
    .slice(name.length + 1)
    .split(':')
    .map((cell) => decodeURIComponent(cell));
}

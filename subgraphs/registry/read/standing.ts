import { compareCodePoints } from '../../engine/values/sort-text.js';
import type { SubjectKind, SubjectPageRequest } from '../../registry-port.js';

/** What filters and orders look at. */
export interface Standing {
  readonly id: string;
  readonly name: string | null;
  readonly kind: SubjectKind;
  readonly township: string | null;
  readonly industry: string | null;
}

type Position = Pick<Standing, 'id' | 'name'>;

/** The order of a page; unnamed subjects follow the named ones, and `desc` is exactly the reverse of `asc`. */
export function compileOrder({
  orderBy,
  direction,
}: Pick<SubjectPageRequest, 'orderBy' | 'direction'>): (left: Position, right: Position) => number {
  const sign = direction === 'asc' ? 1 : -1;
  if (orderBy === 'id') return (left, right) => sign * compareCodePoints(left.id, right.id);
  return (left, right) =>
    sign * (compareNames(left.name, right.name) || compareCodePoints(left.id, right.id));
}

function compareNames(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return compareCodePoints(left, right);
}

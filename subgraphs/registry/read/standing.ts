import type { SubjectKind, SubjectPageRequest, SubjectState } from '../../feed/registry-port.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';

/** What filters and orders look at. */
export interface Standing {
  readonly id: string;
  readonly name: string | null;
  readonly kind: SubjectKind;
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: SubjectState | null;
}

type Position = Pick<Standing, 'id' | 'name'>;

/** What decides the order of a page. */
export type PageOrder = Pick<SubjectPageRequest, 'orderBy' | 'direction' | 'reversed'>;

/** The total order of a page; unnamed subjects stand last whatever the direction, first when it is reversed. */
export function compileOrder(order: PageOrder): (left: Position, right: Position) => number {
  const sign = runsUpwards(order) ? 1 : -1;
  if (order.orderBy === 'id') return (left, right) => sign * compareCodePoints(left.id, right.id);
  const unnamed = order.reversed === true ? -1 : 1;
  return (left, right) => {
    if (left.name !== null && right.name !== null) {
      return sign * (compareCodePoints(left.name, right.name) || compareCodePoints(left.id, right.id));
    }
    const byName = Number(left.name === null) - Number(right.name === null);
    return byName === 0 ? sign * compareCodePoints(left.id, right.id) : unnamed * byName;
  };
}

/** Whether names and ids come in ascending order. */
export function runsUpwards({ direction, reversed = false }: PageOrder): boolean {
  return (direction === 'asc') !== reversed;
}

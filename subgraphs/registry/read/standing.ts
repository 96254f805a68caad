import type {
  SubjectKind,
  SubjectPageRequest,
  SubjectPosition,
  SubjectState,
} from '../../feed/registry-port.js';
import type { SubjectOrderField } from '../../kinds/surface/subject-traits.js';
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

/** What decides the order of a page. */
export type PageOrder = Pick<SubjectPageRequest, 'orderBy' | 'direction' | 'reversed'>;

/** Where a subject stands in the order by a field. */
export function positionOf(field: SubjectOrderField, subject: Standing): SubjectPosition {
  return { value: field === 'id' ? null : subject[field], id: subject.id };
}

/** The total order of a page; absent values stand last whatever the direction, first when it is reversed. */
export function compileOrder(order: PageOrder): (left: SubjectPosition, right: SubjectPosition) => number {
  const sign = runsUpwards(order) ? 1 : -1;
  const absent = order.reversed === true ? -1 : 1;
  return (left, right) => {
    if (left.value === null || right.value === null) {
      const byPresence = Number(left.value === null) - Number(right.value === null);
      return byPresence === 0 ? sign * compareCodePoints(left.id, right.id) : absent * byPresence;
    }
    return sign * (compareCodePoints(left.value, right.value) || compareCodePoints(left.id, right.id));
  };
}

/** Whether values and ids come in ascending order. */
export function runsUpwards({ direction, reversed = false }: PageOrder): boolean {
  return (direction === 'asc') !== reversed;
}

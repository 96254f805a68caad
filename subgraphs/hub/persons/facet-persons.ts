import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FacetField } from '../../feed/feed.js';
import { leavesOf, type RowCondition } from '../../kinds/row-condition.js';
import { refusePersons } from './refuse-persons.js';
import { smallCellsOf } from './small-cells.js';

/**
 * What a facet's fields tell of persons filters nothing for a caller who must not see small counts of them.
 *
 * @throws FORBIDDEN
 */
export function refuseFacetPersons(
  where: RowCondition,
  fields: readonly FacetField[],
  path: string,
  { caller }: Pick<CallContext, 'caller'>,
): void {
  if (smallCellsOf(caller) !== null && tellsOfPersons(where, fields)) throw refusePersons('joined', path);
}

/** Whether a filter by a facet's fields compares what tells of a natural person. */
function tellsOfPersons(where: RowCondition, fields: readonly FacetField[]): boolean {
  const asked = new Set(leavesOf(where).flatMap((leaf) => ('field' in leaf ? leaf.field : [])));
  return fields.some(({ name, person, level }) => asked.has(name) && (person === true || level === 'L3'));
}

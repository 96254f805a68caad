import type { FacetField } from '../../feed/feed.js';
import { leavesOf, type RowCondition } from '../../kinds/row-condition.js';

/** Whether a filter by a facet's fields compares what tells of a natural person. */
export function tellsOfPersons(where: RowCondition, fields: readonly FacetField[]): boolean {
  const asked = new Set(leavesOf(where).flatMap((leaf) => ('field' in leaf ? leaf.field : [])));
  return fields.some(({ name, person, level }) => asked.has(name) && (person === true || level === 'L3'));
}

import type { InterfaceInfo } from '../../feed/feed.js';
import type { InterfaceMapping } from './mapping.js';

/** What `InterfaceInfo` says of a facet whose rows are found by document number. */
export function matchedFacetOf({
  facet,
  match,
}: Pick<InterfaceMapping, 'facet' | 'match'>): Pick<InterfaceInfo, 'matched'> {
  if (facet === undefined || match === undefined) return {};
  return { matched: { facet, number: match.entity, field: match.field } };
}

import { mapLeaves, type RowCondition } from '../../kinds/row-condition.js';
import { inCounty, withinCounty } from '../../port/county-name.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import type { FeedPageRequest, FeedPosition, FeedTallyRequest } from '../feed.js';

/** A name before, and one behind, those of all interfaces. */
const BEFORE_ALL = '';
const BEHIND_ALL = '\u{10FFFF}';

/** What a county is asked, in its own names. */
export function pageToCounty(county: string, request: FeedPageRequest): FeedPageRequest {
  const { where, after, interfaces } = request;
  return {
    ...request,
    where: conditionToCounty(county, where),
    ...(after !== undefined && { after: positionToCounty(county, after) }),
    ...(interfaces !== undefined && { interfaces: namesIn(county, interfaces) }),
  };
}

/** As `pageToCounty`. */
export function tallyToCounty(county: string, request: FeedTallyRequest): FeedTallyRequest {
  const { where, interfaces } = request;
  return {
    ...request,
    where: conditionToCounty(county, where),
    ...(interfaces !== undefined && { interfaces: namesIn(county, interfaces) }),
  };
}

/** Rows, interfaces and marks of others are none of the county's: it is not told of them. */
function conditionToCounty(county: string, where: RowCondition): RowCondition {
  return mapLeaves(where, (leaf) => {
    if ('ids' in leaf) return { ids: namesIn(county, leaf.ids) };
    if ('interface' in leaf) return { interface: namesIn(county, leaf.interface) };
    if (!('newerThan' in leaf)) return leaf;
    return {
      newerThan: leaf.newerThan.flatMap(({ interface: name, mark }) => {
        const own = withinCounty(county, name);
        return own === null ? [] : [{ interface: own, mark }];
      }),
    };
  });
}

function namesIn(county: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => withinCounty(county, name) ?? []);
}

/**
 * A position at a row of somebody else lies before or behind all interfaces of the county alike, for their names
 * begin alike.
 */
function positionToCounty(county: string, position: FeedPosition): FeedPosition {
  const own = withinCounty(county, position.interface);
  if (own !== null) return { ...position, interface: own };
  const isBefore = compareCodePoints(position.interface, inCounty(county, '')) < 0;
  return { keys: position.keys, interface: isBefore ? BEFORE_ALL : BEHIND_ALL, key: [] };
}

import type { PlannedGroup } from './planned-groups.js';

/**
 * Batches groups that can be one request: entities of one subgraph, at the same level. No group of a batch needs another
 * one's answer.
 *
 * @returns for each batch, the places of its groups.
 */
export function batchGroups(
  groups: readonly PlannedGroup[],
  { batches }: { readonly batches: boolean },
): readonly (readonly number[])[] {
  const batched = new Map<string, number[]>();
  const levelOf = latestLevels(groups);
  for (const [index, group] of groups.entries()) {
    const isAlone = !batches || !group.isOfEntities;
    const id = isAlone ? `#${index}` : `${levelOf(group)} ${group.fetch.serviceName}`;
    const batch = batched.get(id);
    if (batch === undefined) batched.set(id, [index]);
    else batch.push(index);
  }
  return [...batched.values()];
}

/**
 * The level at which a group is asked for: where nothing waits for any group of a subgraph and level, they go with the next that the same
 * subgraph is asked for. They are not asked later than the answer needs, since that one is to come.
 */
function latestLevels(groups: readonly PlannedGroup[]): (group: PlannedGroup) => number {
  const awaited = new Set(groups.flatMap(({ waitsFor }) => waitsFor));
  const entities = [...groups.entries()].filter(([, { isOfEntities }]) => isOfEntities);
  return ({ fetch: { serviceName }, level }) => {
    const own = entities.filter(([, { fetch }]) => fetch.serviceName === serviceName);
    const isAwaited = own.some(([index, group]) => group.level === level && awaited.has(index));
    const later = own.map(([, group]) => group.level).filter((one) => one > level);
    return isAwaited || later.length === 0 ? level : Math.min(...later);
  };
}

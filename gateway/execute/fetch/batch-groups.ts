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
  for (const [index, { fetch, isOfEntities, level }] of groups.entries()) {
    const isAlone = !batches || !isOfEntities;
    const id = isAlone ? `#${index}` : `${level} ${fetch.serviceName}`;
    const batch = batched.get(id);
    if (batch === undefined) batched.set(id, [index]);
    else batch.push(index);
  }
  return [...batched.values()];
}

import type { PlannedGroup } from './planned-groups.js';

/**
 * Puts groups together that can be one request: entities of one subgraph, as many requests away from the start. None of them
 * can need another one's answer.
 *
 * @returns places of groups, batch by batch.
 */
export function batchGroups(
  groups: readonly PlannedGroup[],
  { batches }: { readonly batches: boolean },
): readonly (readonly number[])[] {
  const batched = new Map<string, number[]>();
  for (const [index, { fetch, level }] of groups.entries()) {
    const isAlone = !batches || fetch.requires === undefined;
    const id = isAlone ? `#${index}` : `${level} ${fetch.serviceName}`;
    const batch = batched.get(id);
    if (batch === undefined) batched.set(id, [index]);
    else batch.push(index);
  }
  return [...batched.values()];
}

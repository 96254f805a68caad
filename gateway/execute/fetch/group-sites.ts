import type { PlanSite } from './plan-sites.js';

/**
 * Puts sites together that can be one request: entities of one subgraph, as many steps away from the start. None of them
 * can need another one's answer.
 *
 * @returns places of sites, group by group.
 */
export function groupSites(
  sites: readonly PlanSite[],
  { batches }: { readonly batches: boolean },
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [index, { fetch, level }] of sites.entries()) {
    const isAlone = !batches || fetch.requires === undefined;
    const id = isAlone ? `#${index}` : `${level} ${fetch.serviceName}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

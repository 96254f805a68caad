import { TEAMS } from '../world/people/teams.js';
import type { World } from '../world/world.js';

interface HeatOfPlace {
  /** Township, and grid where a system has grids; a sea area is a grid with H. */
  readonly key: readonly [township: string, grid: string | null];
  readonly count: number;
}

interface HeatMap {
  /** Events by township and grid, tickets by township. */
  readonly events: readonly HeatOfPlace[];
  readonly complaints: readonly { readonly key: readonly [township: string]; readonly count: number }[];
  /** Squads and the town's own team, with the townships that each covers (domain §6.4). */
  readonly squads: readonly { readonly name: string; readonly coverage: readonly string[] }[];
}

/** Question 24: where events and tickets of a period came from, and the squads responsible. @param to included. */
export function heatMap(world: World, { from, to }: { readonly from: string; readonly to: string }): HeatMap {
  const isWithin = ({ createdAt }: { readonly createdAt: string }): boolean =>
    from <= createdAt.slice(0, 10) && createdAt.slice(0, 10) <= to;
  return {
    events: countBy([...world.events].filter(isWithin), ({ township, grid }) => [township, grid] as const),
    complaints: countBy([...world.complaints].filter(isWithin), ({ township }) => [township] as const),
    squads: TEAMS.filter(({ kind }) => kind === 'DISPATCHED' || kind === 'TOWNSHIP').map(
      ({ name, coverage }) => ({
        name,
        coverage,
      }),
    ),
  };
}

function countBy<T, Key extends readonly (string | null)[]>(
  items: readonly T[],
  keyOf: (item: T) => Key,
): readonly { readonly key: Key; readonly count: number }[] {
  const counts = new Map<string, { readonly key: Key; count: number }>();
  for (const item of items) {
    const key = keyOf(item);
    const found = counts.get(JSON.stringify(key));
    if (found === undefined) counts.set(JSON.stringify(key), { key, count: 1 });
    else found.count += 1;
  }
  return [...counts.values()];
}

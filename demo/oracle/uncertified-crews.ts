import { crewsOf } from '../world/marine/crews.js';
import type { World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { canonicalId, itemOf } from './canonical-id.js';

interface UncertifiedCrew {
  /** Canonical id of the vessel. */
  readonly vessel: string;
  readonly name: string;
  readonly lengthM: string;
  /** Who serves without a certificate. */
  readonly uncertified: number;
}

/** Vessels of a length or more, in metres, on which somebody serves without a certificate; by id. */
export function uncertifiedCrews(
  world: World,
  { personKey, lengthM: least }: { readonly personKey: string; readonly lengthM: number },
): readonly UncertifiedCrew[] {
  const without = new Map<number, number>();
  for (const { vessel, certificate } of crewsOf(world))
    if (certificate === null) without.set(vessel, (without.get(vessel) ?? 0) + 1);
  return [...without]
    .map(([index, uncertified]) => {
      const { name, lengthM } = itemOf(world.vessels, index);
      return { vessel: canonicalId(world, { kind: 'vessel', index }, personKey), name, lengthM, uncertified };
    })
    .filter(({ lengthM }) => Number(lengthM) >= least)
    .sort((left, right) => compareTexts(left.vessel, right.vessel));
}

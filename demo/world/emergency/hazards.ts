import { randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Organisation, World } from '../world.js';
import { isWatched } from './watched-firms.js';

/** One hazard (事故隐患) that the bureau put on its list. What it is stays secret. */
export interface Hazard {
  readonly index: number;
  /** Index into `World.organisations`. */
  readonly organisation: number;
  readonly level: 'MAJOR' | 'SIGNIFICANT' | 'GENERAL';
  readonly foundOn: string;
  /** Null: not closed yet. */
  readonly closedOn: string | null;
  /** 9 digits. */
  readonly township: string;
}

/** Of so many watched firms one is on the list. */
const LISTED_EVERY = 3;
const WITHIN_DAYS = 1100;

export function hazardsOf(world: World): readonly Hazard[] {
  return world.organisations
    .filter(isWatched)
    .filter((_, place) => place % LISTED_EVERY === 0)
    .flatMap((firm) => hazardsAt(world, firm))
    .map((hazard, index) => ({ index, ...hazard }));
}

/** One, or two of different years. */
function hazardsAt(world: World, firm: Organisation): readonly Omit<Hazard, 'index'>[] {
  const random = randomFor(world.seed, 'hazard', firm.index);
  return Array.from({ length: random.chance(0.25) ? 2 : 1 }, () => {
    const foundOn = addDays(world.today, -random.int(40, WITHIN_DAYS));
    const closedOn = addDays(foundOn, random.int(10, 200));
    const isClosed = closedOn <= world.today && random.chance(0.8);
    return {
      organisation: firm.index,
      level: random.pick(['MAJOR', 'MAJOR', 'SIGNIFICANT', 'GENERAL'] as const),
      foundOn,
      closedOn: isClosed ? closedOn : null,
      township: firm.township,
    };
  });
}

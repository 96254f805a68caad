import { randomFor } from '../../random.js';
import { dayNumber } from '../days.js';
import { SECONDS_PER_DAY, utcMomentText } from '../moments.js';
import { drawPlaceNear } from '../places.js';
import { townshipOf } from '../townships.js';
import type { Vessel, VesselPosition } from '../world.js';
import { HAIYAN_VESSEL } from './make-vessels.js';

/** Of all vessels, how many sent anything at all. */
const HEARD = 0.92;
/** Grounds where vessels of a township work: a quarter of a degree around it. */
const GROUNDS_E6 = 250_000;

/** The latest fix of every vessel that sent one: mostly of the last hours, some of weeks ago. */
export function makePositions(
  seed: number,
  today: string,
  vessels: readonly Vessel[],
): readonly VesselPosition[] {
  const endOfToday = (dayNumber(today) + 1) * SECONDS_PER_DAY;
  return vessels.flatMap(({ index, township, beidouId }) => {
    const random = randomFor(seed, 'position', index);
    if (!random.chance(HEARD) && index !== HAIYAN_VESSEL) return [];
    const age = random.chance(0.15)
      ? random.int(2 * SECONDS_PER_DAY, 40 * SECONDS_PER_DAY)
      : random.int(1, SECONDS_PER_DAY);
    const moored = random.chance(0.4);
    return [
      {
        vessel: index,
        at: utcMomentText(endOfToday - age),
        ...drawPlaceNear(random, townshipOf(township), GROUNDS_E6),
        speedKn: moored ? `0.${random.int(0, 3)}` : `${random.int(1, 11)}.${random.int(0, 9)}`,
        courseDeg: random.int(0, 359),
        via: beidouId !== null && random.chance(0.5) ? 'BEIDOU' : 'AIS',
      } as const,
    ];
  });
}

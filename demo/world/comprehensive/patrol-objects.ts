import { randomFor } from '../../random.js';
import { addDays, laterDay } from '../days.js';
import { teamOf } from '../departments.js';
import { townshipOf } from '../townships.js';
import type { Organisation, World } from '../world.js';

/** A firm that the squads look at again and again (重点巡查对象). */
export interface PatrolObject {
  readonly index: number;
  /** Index into `World.organisations`. */
  readonly organisation: number;
  /** 9 digits. */
  readonly township: string;
  readonly squad: string;
  readonly section: string;
  readonly everyDays: 7 | 15 | 30 | 90;
  readonly listedOn: string;
  /** Null: still on the list. */
  readonly removedOn: string | null;
}

/** Of so many firms in business one is on the list. */
const LISTED_EVERY = 8;

export function patrolObjectsOf(world: World): readonly PatrolObject[] {
  return world.organisations
    .filter(({ cancelledAt }) => cancelledAt === null)
    .filter((_, place) => place % LISTED_EVERY === 0)
    .map((firm, index) => makePatrolObject(world, firm, index));
}

function makePatrolObject(
  { seed, today }: World,
  { index: organisation, township, established }: Organisation,
  index: number,
): PatrolObject {
  const random = randomFor(seed, 'patrol-object', organisation);
  const listedOn = laterDay(addDays(today, -random.int(200, 900)), established);
  return {
    index,
    organisation,
    township,
    squad: teamOf('COMPREHENSIVE', township),
    section: random.pick(townshipOf(township).roads),
    everyDays: random.pick([7, 15, 30, 30, 90] as const),
    listedOn,
    removedOn: random.chance(0.2) ? laterDay(addDays(today, -random.int(1, 150)), listedOn) : null,
  };
}

import { type Random, randomFor } from '../../random.js';
import { DEPARTMENTS } from '../departments.js';
import { YANGSHAN } from '../townships.js';
import type { PenaltyCase, SubjectPointer } from '../world.js';
import {
  drawOrganisation,
  drawPerson,
  drawShipowner,
  drawVessel,
  homeOf,
  type WorldBase,
} from '../world-base.js';

/** What decides everything else about a case. Days are day numbers. */
export interface CasePlan {
  readonly department: string;
  readonly subject: SubjectPointer;
  readonly process: PenaltyCase['process'];
  readonly filedDay: number;
  /** Null: undecided today, or ended without a decision. */
  readonly decidedDay: number | null;
  /** A stage off the usual path. */
  readonly exit: 'WITHDRAWN' | 'NO_PENALTY' | 'TRANSFERRED' | 'SUSPENDED' | 'TERMINATED' | null;
  readonly payment: 'IN_TIME' | 'LATE' | 'NEVER' | 'PARTLY' | 'POSTPONED';
  /** 0: a warning or another penalty without a fine. */
  readonly fineCents: number;
  /** Day of the inspection that it came from. */
  readonly inspectionDay: number | null;
  /** Where no inspection led to it; drawn where absent. */
  readonly source?: 'COMPLAINT';
  /** Days from the decision to its publication, null for never; drawn where absent. */
  readonly publishedAfterDays?: number | null;
  /** Gets the year's first decision number. */
  readonly firstOfYear?: true;
}

const DRAWN: readonly string[] = DEPARTMENTS.flatMap(({ department, caseShare }) =>
  new Array<string>(caseShare).fill(department),
);

/** The n-th case beyond the landmarks; a pure function of seed, size and index. */
export function planCase(base: WorldBase, index: number, fromInspection: boolean): CasePlan {
  const random = randomFor(base.seed, 'case', index);
  const drawn = random.pick(DRAWN);
  const filedDay = random.int(base.firstDay, base.today);
  const subject = drawParty(base, random, drawn, filedDay);
  const inTown = drawn === 'COMPREHENSIVE' && homeOf(base, subject) === YANGSHAN && random.chance(0.6);
  const process = random.chance(0.35) ? 'SIMPLE' : 'ORDINARY';
  const exit = process === 'ORDINARY' && random.chance(0.06) ? random.pick(EXITS) : null;
  const decidedDay = filedDay + (process === 'SIMPLE' ? random.int(0, 2) : drawDuration(random));
  const ends = exit === null || exit === 'WITHDRAWN' ? decidedDay <= base.today : false;
  return {
    department: inTown ? 'YANGSHAN_TOWN' : drawn,
    subject,
    process,
    filedDay,
    decidedDay: ends ? decidedDay : null,
    exit: exit === 'WITHDRAWN' && !ends ? 'SUSPENDED' : exit,
    payment: drawPayment(random),
    fineCents: drawFine(random, process, subject.kind === 'person'),
    inspectionDay: fromInspection ? Math.max(base.firstDay, filedDay - random.int(0, 20)) : null,
  };
}

const EXITS = ['WITHDRAWN', 'NO_PENALTY', 'TRANSFERRED', 'SUSPENDED', 'TERMINATED'] as const;

/** Market's system knows firms alone, the marine one vessels; the platform's parties are firms and people. */
function drawParty(base: WorldBase, random: Random, department: string, day: number): SubjectPointer {
  if (department === 'MARINE') return drawVessel(base, random);
  if (department !== 'MARKET' && random.chance(0.15)) return drawPerson(base, random);
  // Whose vessels are met at sea and whose fines are owed ashore is what joint checks are about.
  if (department === 'MARKET' && random.chance(0.25)) return drawShipowner(base, random, day);
  return drawOrganisation(base, random, department, day);
}

/** Mostly within the 90 days of 行政处罚法 art. 60; some are late. */
function drawDuration(random: Random): number {
  if (random.chance(0.05)) return random.int(91, 200);
  return random.int(12, 88);
}

function drawPayment(random: Random): CasePlan['payment'] {
  const hundredth = random.int(0, 99);
  if (hundredth < 70) return 'IN_TIME';
  if (hundredth < 81) return 'LATE';
  if (hundredth < 92) return 'NEVER';
  return hundredth < 96 ? 'PARTLY' : 'POSTPONED';
}

/** Simple procedure: up to 200 yuan for citizens and 3,000 for firms (art. 51). */
function drawFine(random: Random, process: PenaltyCase['process'], citizen: boolean): number {
  if (random.chance(0.1)) return 0;
  if (process === 'SIMPLE')
    return random.pick(citizen ? [50, 100, 150, 200] : [200, 500, 1000, 2000, 3000]) * 100;
  const yuan = random.pick(
    citizen ? [300, 500, 1000, 2000, 5000] : [5000, 8000, 10_000, 20_000, 30_000, 50_000, 100_000, 200_000],
  );
  // Some are a multiple of the value of the goods, to the cent.
  return yuan * 100 + (random.chance(0.12) ? random.int(1, 99_999) : 0);
}

import type { Random } from '../../random.js';
import { dayNumber, isoDay } from '../days.js';
import type { IndexedStream } from '../indexed-stream.js';
import { drawTownship } from '../townships.js';
import type { Complaint, ComplaintCategory, Inspection, PenaltyCase, SubjectPointer } from '../world.js';
import { drawOrganisation, drawPerson, drawVessel, homeOf, type WorldBase } from '../world-base.js';
import { CATEGORIES, categoryOf, handlerOf } from './complaint-categories.js';

/** What decides everything else about a ticket. */
export interface ComplaintPlan {
  readonly category: ComplaintCategory;
  /** Day number of its entry. */
  readonly day: number;
  /** Whether it led to something that very day. */
  readonly sameDay: boolean;
  readonly township: string;
  readonly department: string;
  readonly target: SubjectPointer | null;
  readonly inspection: number | null;
  readonly case: number | null;
  /** Forces a kind that asks for an answer by the bureau. */
  readonly grievance: boolean;
}

/** What tickets lead to. */
export interface Followed {
  readonly inspections: IndexedStream<Inspection>;
  readonly cases: IndexedStream<PenaltyCase>;
}

/** Of all tickets, how many led to an inspection that is looked up, and to a case that is. */
const TO_INSPECTION = 0.22;
const TO_CASE = 0.12;

/** A ticket beyond the landmarks: planned from what it led to, so that nothing comes before it. */
export function planComplaint(base: WorldBase, followed: Followed, random: Random): ComplaintPlan {
  const drawn = random.int(0, 999) / 1000;
  const lag = drawLag(random);
  if (drawn < TO_INSPECTION) {
    const inspection = followed.inspections.at(random.int(0, followed.inspections.length - 1));
    return beforeInspection(base, inspection, lag);
  }
  if (drawn < TO_INSPECTION + TO_CASE) {
    const found = followed.cases.at(random.int(0, followed.cases.length - 1));
    if (found.inspection !== null)
      return beforeInspection(base, followed.inspections.at(found.inspection), lag);
    if (found.source === 'COMPLAINT') return beforeCase(base, found, lag);
  }
  return unfollowed(base, random);
}

/** Mostly within ten days, some weeks later. */
function drawLag(random: Random): number {
  return random.chance(0.7) ? random.int(0, 10) : random.int(11, 60);
}

/** A ticket so many days before the inspection that it led to, and the case of that, if there is one. */
export function beforeInspection(
  base: WorldBase,
  { index, date, subject, department, township, case: caseIndex }: Inspection,
  lag: number,
): ComplaintPlan {
  return {
    category: categoryOf(base, subject, department),
    ...entryOf(base, subject, dayNumber(date), lag),
    ...{ township, department, target: subject, inspection: index, case: caseIndex, grievance: true },
  };
}

/** A ticket so many days before a case that nobody inspected anything for. */
export function beforeCase(
  base: WorldBase,
  { index, filedAt, subject, department, township }: PenaltyCase,
  lag: number,
): ComplaintPlan {
  return {
    category: categoryOf(base, subject, department),
    ...entryOf(base, subject, dayNumber(filedAt), lag),
    ...{ township, department, target: subject, inspection: null, case: index, grievance: true },
  };
}

/** Nobody complains of a firm that does not exist yet. */
function entryOf(
  base: WorldBase,
  subject: SubjectPointer | null,
  followedOn: number,
  lag: number,
): Pick<ComplaintPlan, 'day' | 'sameDay'> {
  const firm = subject?.kind === 'organisation' ? base.organisations[subject.index] : undefined;
  const founded = firm === undefined ? base.firstDay : dayNumber(firm.established);
  const day = Math.min(followedOn, Math.max(followedOn - lag, base.firstDay, founded));
  return { day, sameDay: day === followedOn };
}

/** A ticket that led to nothing but an answer; half of them are about somebody who is known. */
function unfollowed(base: WorldBase, random: Random): ComplaintPlan {
  const drawn = random.pick(CATEGORIES);
  const day = random.int(base.firstDay, base.today);
  const target = random.chance(0.5) ? drawTarget(base, random, drawn, day) : null;
  const category = target === null ? drawn : categoryOf(base, target, handlerOf(drawn));
  return {
    category,
    day,
    sameDay: false,
    township: target === null ? drawTownship(random).code : homeOf(base, target),
    department: handlerOf(category),
    target,
    inspection: null,
    case: null,
    grievance: false,
  };
}

function drawTarget(
  base: WorldBase,
  random: Random,
  category: Complaint['category'],
  day: number,
): SubjectPointer {
  if (category === 'FISHERY' && random.chance(0.7)) return drawVessel(base, random);
  if (category === 'OTHER') return drawPerson(base, random);
  return drawOrganisation(base, random, handlerOf(category), day);
}

/** The last July that is over, as day numbers. */
export function lastJuly(today: number): { readonly first: number; readonly last: number } {
  const [year = 0, month = 1] = isoDay(today).split('-').map(Number);
  const of = month > 7 ? year : year - 1;
  return { first: dayNumber(`${of}-07-01`), last: dayNumber(`${of}-07-31`) };
}

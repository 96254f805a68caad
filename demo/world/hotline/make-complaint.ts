import { type Random, randomFor } from '../../random.js';
import { isoDay } from '../days.js';
import { CATERING, LODGING } from '../market/industries.js';
import { SECONDS_PER_DAY } from '../moments.js';
import { makePerson } from '../people/make-persons.js';
import { townshipOf } from '../townships.js';
import type { Complaint } from '../world.js';
import { nameOfSubject, type WorldBase } from '../world-base.js';
import type { ComplaintPlan } from './complaint-plan.js';
import { complaintProgress } from './complaint-progress.js';
import { complaintText } from './complaint-texts.js';

const SOURCES: readonly Complaint['source'][] = [
  ...(['HOTLINE_12345', 'HOTLINE_12345', 'HOTLINE_12345', 'HOTLINE_12345', 'POLICE_110'] as const),
  ...(['FOUR_PLATFORM', 'GRID', 'SMART_CITY', 'APP', 'APP', 'LETTER', 'PATROL', 'MONITOR'] as const),
];
const KINDS: readonly Complaint['kind'][] = [
  ...(['COMPLAINT', 'COMPLAINT', 'COMPLAINT', 'REPORT', 'HELP', 'CONSULTATION', 'SUGGESTION'] as const),
];
const GRIEVANCES: readonly Complaint['kind'][] = ['COMPLAINT', 'COMPLAINT', 'REPORT'];
/** The county's centre; the last two digits say through which desk a ticket came. */
const CENTRE = '09040';
const DESKS = 20;

/** The n-th ticket; a pure function of seed, plan and index. */
export function makeComplaint(base: WorldBase, index: number, plan: ComplaintPlan): Complaint {
  const random = randomFor(base.seed, 'complaint', index);
  const { category, township, department, target, inspection } = plan;
  const followed = inspection !== null || plan.case !== null;
  const source = random.pick(SOURCES);
  const kind = random.pick(plan.grievance ? GRIEVANCES : KINDS);
  // Inspections are made from eight o'clock on: whoever is sent out the same day was called before.
  const hour = plan.sameDay ? random.int(0, 6) : random.int(7, 22);
  const created = plan.day * SECONDS_PER_DAY + hour * 3600 + random.int(0, 3599);
  const targetName = nameOf(base, random, plan);
  const road = random.pick(townshipOf(township).roads);
  const desk = String(random.int(1, DESKS)).padStart(2, '0');
  return {
    index,
    ticketNumber: `ZJ${CENTRE}${desk}${isoDay(plan.day).replaceAll('-', '')}${String(index + 1).padStart(6, '0')}`,
    source,
    kind,
    category,
    content: complaintText(random, { kind, category }, accusedOf(base, plan, targetName), {
      index,
      caller: makePerson(base.seed, random.int(0, base.persons.length - 1)),
    }),
    place: `${townshipOf(township).name}${road}${random.int(1, 399)}号附近`,
    ...{ township, department, target, targetName },
    ...complaintProgress(random, base, created, followed),
    ...{ inspection, case: plan.case },
  };
}

const UNKNOWN_NAMES = ['老王', '阿海', '码头'];
const UNKNOWN_TRADES: ReadonlyMap<string, string> = new Map([
  ['CATERING', '大排档'],
  ['FOOD', '鱼摊'],
  ['HOMESTAY', '民宿'],
  ['FISHERY', '渔船'],
]);

/** Whom the caller named: the target, or now and then somebody whom no register knows. */
function nameOf(base: WorldBase, random: Random, { target, category }: ComplaintPlan): string | null {
  const unknown = `${random.pick(UNKNOWN_NAMES)}${UNKNOWN_TRADES.get(category) ?? '小店'}`;
  if (target === null) return random.chance(0.4) ? unknown : null;
  return nameOfSubject(base, target);
}

/** Firms that sell no meals have a canteen at most. */
function accusedOf(
  { organisations }: WorldBase,
  { category, target }: ComplaintPlan,
  named: string | null,
): string | null {
  if (category !== 'CATERING' || target?.kind !== 'organisation') return named;
  const industry = organisations[target.index]?.industry;
  return industry === CATERING || industry === LODGING ? named : `${named}职工食堂`;
}

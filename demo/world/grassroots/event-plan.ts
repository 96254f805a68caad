import { type Random, randomFor } from '../../random.js';
import { dayNumber } from '../days.js';
import { TICKETS_WITH_EVENT } from '../hotline/complaint-landmarks.js';
import { type ComplaintPlan, type Followed, planComplaint } from '../hotline/complaint-plan.js';
import type { IndexedStream } from '../indexed-stream.js';
import { SECONDS_PER_DAY, secondsOf } from '../moments.js';
import { drawTownship } from '../townships.js';
import type { Complaint, CountyEvent, EventCategory, Inspection } from '../world.js';
import type { WorldBase } from '../world-base.js';
import { CALLS, CATEGORY_OF_TICKET, STREET_EVENTS } from './event-categories.js';

/** What decides everything else about an event. */
export interface EventPlan
  extends Pick<
    CountyEvent,
    'heldBy' | 'source' | 'category' | 'township' | 'department' | 'target' | 'inspection' | 'case'
  > {
  /** Seconds since 1970 at +08:00. */
  readonly created: number;
  readonly ticket: Complaint | null;
}

/** What events come from and lead to. */
export interface EventSources extends Followed {
  readonly complaints: IndexedStream<Complaint>;
}

/** Of twenty events, ten of the four platforms, six of the smart city, four of the police. */
const SYSTEMS: readonly CountyEvent['heldBy'][] = [
  ...(['grassroots', 'city', 'grassroots', 'police', 'grassroots', 'city', 'grassroots'] as const),
  ...(['grassroots', 'city', 'police', 'grassroots', 'city', 'grassroots', 'police'] as const),
  ...(['grassroots', 'city', 'grassroots', 'police', 'grassroots', 'city'] as const),
];
const SOURCES: readonly CountyEvent['source'][] = [
  ...(['GRID', 'GRID', 'GRID', 'PATROL', 'PATROL', 'APP', 'FOUR_PLATFORM', 'MONITOR'] as const),
];
/** Of the four platforms' events, how many came from a ticket; of the smart city's, how many led to an inspection. */
const FROM_TICKET = 0.6;
const TO_INSPECTION = 0.3;
/** The first event that came from no ticket was reported the day before: a platform always has something new. */
const NEWEST = TICKETS_WITH_EVENT;
/** Inspections that are looked at to find one of the department. */
const LOOKS = 12;

/** The n-th event; the first ones come from the first tickets. */
export function planEvent(base: WorldBase, sources: EventSources, index: number): EventPlan {
  const random = randomFor(base.seed, 'event-plan', index);
  const isLandmark = index < TICKETS_WITH_EVENT;
  if (index === NEWEST) return reportedYesterday(base, random);
  const heldBy = isLandmark ? 'grassroots' : (SYSTEMS[index % SYSTEMS.length] ?? 'grassroots');
  if (heldBy === 'police') return planCall(base, random);
  if (heldBy === 'city') return planStreetEvent(base, sources, random);
  const ticket = sources.complaints.at(index);
  const becameEvent = random.chance(FROM_TICKET) && ticket.acceptedAt !== null;
  return isLandmark || becameEvent ? fromTicket(random, ticket) : reported(base, sources, random);
}

/** The hotline hands a ticket to the township's command room within the hour, before anybody is sent out. */
function fromTicket(random: Random, ticket: Complaint): EventPlan {
  const { township, department, target, inspection, case: led } = ticket;
  return {
    heldBy: 'grassroots',
    source: 'HOTLINE_12345',
    category: CATEGORY_OF_TICKET[ticket.category],
    ...{ township, department, target, inspection, case: led, ticket },
    created: secondsOf(ticket.createdAt) + random.int(600, 2400),
  };
}

/** What a grid worker or a patrol found leads to the same as what a caller tells. */
function reported(base: WorldBase, sources: EventSources, random: Random): EventPlan {
  const plan = planComplaint(base, sources, random);
  const { township, department, target, inspection, case: led } = plan;
  return {
    heldBy: 'grassroots',
    source: random.pick(SOURCES),
    category: CATEGORY_OF_TICKET[plan.category],
    ...{ township, department, target, inspection, case: led, ticket: null },
    created: drawMoment(random, plan),
  };
}

function reportedYesterday(base: WorldBase, random: Random): EventPlan {
  return {
    ...unfollowed(random, STREET_EVENTS),
    category: 'SAFETY',
    heldBy: 'grassroots',
    source: 'GRID',
    township: drawTownship(random).code,
    created: drawMoment(random, { day: base.today - 1, sameDay: false }),
  };
}

function planCall(base: WorldBase, random: Random): EventPlan {
  return {
    ...unfollowed(random, CALLS),
    heldBy: 'police',
    source: 'POLICE_110',
    township: drawTownship(random).code,
    created: drawMoment(random, { day: random.int(base.firstDay, base.today), sameDay: false }),
  };
}

/** Now and then somebody is sent to look closer. */
function planStreetEvent(base: WorldBase, { inspections }: EventSources, random: Random): EventPlan {
  const plan = unfollowed(random, STREET_EVENTS);
  const township = drawTownship(random).code;
  const day = random.int(base.firstDay, base.today);
  const lag = random.int(0, 12);
  const wanted = random.chance(TO_INSPECTION) ? drawInspection(inspections, random, plan.department) : null;
  const held = { ...plan, heldBy: 'city', source: 'SMART_CITY' } as const;
  if (wanted === null) return { ...held, township, created: drawMoment(random, { day, sameDay: false }) };
  const inspected = dayNumber(wanted.date);
  const before = Math.max(base.firstDay, inspected - lag);
  return {
    ...held,
    township: wanted.township,
    created: drawMoment(random, { day: Math.min(before, inspected), sameDay: before >= inspected }),
    inspection: wanted.index,
    case: wanted.case,
  };
}

function unfollowed(
  random: Random,
  kinds: readonly (readonly [EventCategory, string])[],
): Pick<EventPlan, 'category' | 'department' | 'target' | 'ticket' | 'inspection' | 'case'> {
  const [category, department] = random.pick(kinds);
  return { category, department, target: null, ticket: null, inspection: null, case: null };
}

function drawInspection(
  inspections: IndexedStream<Inspection>,
  random: Random,
  department: string,
): Inspection | null {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = inspections.at(random.int(0, inspections.length - 1));
    if (found.department === department) return found;
  }
  return null;
}

/** Inspections are made from eight o'clock on: who is sent out the same day is told before seven. */
function drawMoment(random: Random, { day, sameDay }: Pick<ComplaintPlan, 'day' | 'sameDay'>): number {
  const hour = sameDay ? random.int(0, 6) : random.int(7, 22);
  return day * SECONDS_PER_DAY + hour * 3600 + random.int(0, 3599);
}

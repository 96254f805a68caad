import type { Random } from '../random.js';
import type { Complaint, PenaltyCase, World } from '../world/world.js';
import { lastDelivery } from './delivery-times.js';
import { dirtyVesselName, nullWord } from './dirt/dirt.js';
import type { LegacyCell } from './legacy-table.js';
import { subjectCode } from './subject-code.js';
import { itemAt } from './world-lookups.js';

/** What tickets and events have in common, and how systems write it. */
type Ticket = Pick<
  Complaint,
  'target' | 'targetName' | 'inspection' | 'case' | 'createdAt' | 'acceptedAt' | 'repliedAt' | 'closedAt'
>;

/** What tickets or events led to, by index. */
export interface Followed {
  readonly inspections: ReadonlyMap<number, string>;
  readonly cases: ReadonlyMap<number, Pick<PenaltyCase, 'caseCode' | 'decisionNo'>>;
}

/** Numbers of the inspections and cases that any of them led to. */
export function followedBy(world: World, tickets: Iterable<Pick<Ticket, 'inspection' | 'case'>>): Followed {
  const wanted = { inspections: new Set<number>(), cases: new Set<number>() };
  for (const ticket of tickets) {
    if (ticket.inspection !== null) wanted.inspections.add(ticket.inspection);
    if (ticket.case !== null) wanted.cases.add(ticket.case);
  }
  const inspections = new Map<number, string>();
  for (const { index, number } of world.inspections) {
    if (wanted.inspections.has(index)) inspections.set(index, number);
  }
  const cases = new Map<number, Pick<PenaltyCase, 'caseCode' | 'decisionNo'>>();
  for (const { index, caseCode, decisionNo } of world.cases) {
    if (wanted.cases.has(index)) cases.set(index, { caseCode, decisionNo });
  }
  return { inspections, cases };
}

/**
 * Whom it is about, as name and number: usually somebody looked the number up; of a vessel the name has to do now
 * and then.
 *
 * @param unambiguousVessels names that are enough to tell a vessel.
 */
export function targetCells(
  random: Random,
  world: World,
  { target, targetName }: Pick<Ticket, 'target' | 'targetName'>,
  unambiguousVessels: ReadonlySet<string>,
  turn: number,
): { readonly name: LegacyCell; readonly code: LegacyCell } {
  if (target === null) {
    return { name: targetName ?? nullWord(random), code: turn % 2 === 0 ? nullWord(random) : null };
  }
  if (target.kind === 'vessel') {
    const { name } = itemAt(world.vessels, target.index);
    if (turn % 3 === 1 && unambiguousVessels.has(name)) {
      return { name: dirtyVesselName(random, name), code: nullWord(random) };
    }
  }
  return { name: targetName, code: subjectCode(random, world, target, turn) };
}

/** A moment, or one of the ways to say that there was none. */
export function timeCell(time: string | null, turn: number): LegacyCell {
  return time ?? (turn % 3 === 0 ? '' : turn % 3 === 1 ? '0000-00-00 00:00:00' : null);
}

/** Nothing is newer than the last delivery: this is what the county has copied. */
export function lastChange(
  {
    createdAt,
    acceptedAt,
    repliedAt,
    closedAt,
  }: Omit<Ticket, 'target' | 'targetName' | 'inspection' | 'case'>,
  today: string,
): string {
  const last = [acceptedAt, repliedAt, closedAt].reduce<string>(
    (latest, time) => (time !== null && time > latest ? time : latest),
    createdAt,
  );
  return notAfter(lastDelivery(today), last);
}

export function notAfter(limit: string, time: string): string {
  return time > limit ? limit : time;
}

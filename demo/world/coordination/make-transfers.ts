import { type Random, randomFor } from '../../random.js';
import { addDays, daysBetween } from '../days.js';
import type { Inspection, PenaltyCase, SubjectPointer, World } from '../world.js';

/** One case or clue that one authority hands to another (domain §2.11). Days are `yyyy-MM-dd`, in order, none after today. */
export interface Transfer {
  readonly index: number;
  /** As printed: `嵊执协移〔2026〕3号`. Unique. */
  readonly number: string;
  readonly kind: 'CASE' | 'CLUE' | 'CRIMINAL' | 'BACK' | 'COURT';
  /** `Department` that sends it. */
  readonly department: string;
  /** `Department` that receives it; null: the court. */
  readonly to: string | null;
  /** Index into `World.cases` and `World.inspections`. */
  readonly case: number | null;
  readonly inspection: number | null;
  readonly subject: SubjectPointer | null;
  readonly reportedAt: string;
  readonly approvedAt: string;
  readonly sentOn: string;
  readonly acceptedAt: string | null;
  readonly repliedAt: string | null;
  /** `TransferResult`. */
  readonly result: 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'FILED' | 'NOT_FILED';
}

type Draft = Omit<Transfer, 'index' | 'number'>;
/** What makes somebody hand something over, and on which day. */
type Cause = Pick<Draft, 'kind' | 'department' | 'to' | 'case' | 'inspection' | 'subject'> & {
  readonly day: string;
};

const POLICE = 'PUBLIC_SECURITY';
/** A fine from which the police are asked whether it is a crime, in the demo; and of so many, one is. */
const GRAVE_YUAN = 50_000;
const GRAVE_EVERY = 4;
/** One notice to another department in so many is followed by a transfer of the clue. */
const CLUE_EVERY = 2;
/** After review, litigation and the summons the court is asked (行政强制法 art. 53). */
const COURT_AFTER_DAYS = 260;
const CLUE_TO = ['COMPREHENSIVE', 'MARKET', 'FIRE_RESCUE', 'HEALTH'] as const;
const CASE_TO = ['MARKET', 'COMPREHENSIVE', 'ENVIRONMENT'] as const;

const known = new WeakMap<World, readonly Transfer[]>();

/** Every transfer of the county, in the order in which they were sent. */
export function transfersOf(world: World): readonly Transfer[] {
  const before = known.get(world);
  if (before !== undefined) return before;
  const drafts: Draft[] = [];
  for (const each of world.cases) drafts.push(...transfersOfCase(world, each));
  for (const each of world.inspections) drafts.push(...transferOfClue(world, each));
  drafts.sort((left, right) => (left.sentOn < right.sentOn ? -1 : left.sentOn > right.sentOn ? 1 : 0));
  const running = new Map<string, number>();
  const transfers = drafts.map((draft, index): Transfer => {
    const year = draft.sentOn.slice(0, 4);
    const number = (running.get(year) ?? 0) + 1;
    running.set(year, number);
    return { index, number: `嵊执协移〔${year}〕${number}号`, ...draft };
  });
  known.set(world, transfers);
  return transfers;
}

function transfersOfCase(world: World, each: PenaltyCase): readonly Draft[] {
  const random = randomFor(world.seed, 'transfer.case', each.index);
  const { department, subject, stage, decidedAt, fine, paid, postponed, inspection: _inspection } = each;
  const of = { department, subject, case: each.index, inspection: null };
  if (stage === 'TRANSFERRED' && each.closedAt !== null) {
    const criminal = each.index % 3 === 0;
    const to = criminal ? POLICE : otherThan(department, CASE_TO);
    return send(random, world, {
      ...of,
      kind: criminal ? 'CRIMINAL' : 'CASE',
      to,
      day: addDays(each.closedAt, -4),
    });
  }
  if (decidedAt === null) return [];
  if (Number(fine) >= GRAVE_YUAN && each.index % GRAVE_EVERY === 0) {
    const sent = send(random, world, { ...of, kind: 'CRIMINAL', to: POLICE, day: decidedAt });
    const [first] = sent;
    if (first?.result !== 'NOT_FILED' || first.repliedAt === null) return sent;
    const back = { ...of, kind: 'BACK', department: POLICE, to: department, day: first.repliedAt } as const;
    return [...sent, ...send(random, world, back)];
  }
  const isUnpaid = !postponed && Number(paid ?? 0) < Number(fine ?? 0) && stage === 'EXECUTING';
  const isTime = daysBetween(decidedAt, world.today) > COURT_AFTER_DAYS;
  if (!isUnpaid || !isTime) return [];
  return send(random, world, {
    ...of,
    kind: 'COURT',
    to: null,
    day: addDays(decidedAt, COURT_AFTER_DAYS - 15),
  });
}

function transferOfClue(world: World, inspection: Inspection): readonly Draft[] {
  if (!inspection.disposals.includes('NOTIFY_OTHER_DEPT') || inspection.index % CLUE_EVERY !== 0) return [];
  const { department, subject, date, index } = inspection;
  const random = randomFor(world.seed, 'transfer.clue', index);
  const to = otherThan(department, CLUE_TO);
  return send(random, world, {
    kind: 'CLUE',
    department,
    to,
    case: null,
    inspection: index,
    subject,
    day: date,
  });
}

function otherThan(department: string, others: readonly string[]): string {
  return others.find((other) => other !== department) ?? POLICE;
}

/** Decided within three days and sent within one as a rule, answered within ten (domain §2.11); some are late. */
function send(random: Random, { today }: World, { day, ...cause }: Cause): readonly Draft[] {
  const late = random.chance(0.12);
  const approvedAt = addDays(day, random.int(0, 3) + (late ? 3 : 0));
  const sentOn = addDays(approvedAt, random.int(0, 1));
  if (sentOn > today) return [];
  const until = (later: string): string | null => (later > today ? null : later);
  const acceptedAt = until(addDays(sentOn, random.int(0, 2)));
  const repliedAt = random.chance(0.08)
    ? null
    : until(addDays(sentOn, random.int(2, 10) + (late ? random.int(1, 20) : 0)));
  const result = repliedAt === null ? 'PENDING' : resultOf(random, cause.kind);
  return [{ ...cause, reportedAt: day, approvedAt, sentOn, acceptedAt, repliedAt, result }];
}

function resultOf(random: Random, kind: Transfer['kind']): Transfer['result'] {
  if (kind === 'CRIMINAL') return random.pick(['FILED', 'NOT_FILED', 'NOT_FILED']);
  return random.chance(0.85) ? 'ACCEPTED' : 'REJECTED';
}

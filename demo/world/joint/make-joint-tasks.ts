import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Inspection, SubjectPointer, World } from '../world.js';

/** One department's part in a joint check (domain §2.5). */
export interface JointParticipant {
  readonly department: string;
  /** Item that it checks. */
  readonly itemCode: string;
  /** Indexes into `World.officers`. */
  readonly officers: readonly number[];
  /** `InspectionResult`, the first that it found; null: not done yet. */
  readonly result: string | null;
  readonly submittedAt: string | null;
}

/** One visit of several departments to one subject: the four elements of «综合查一次», and what came of it. */
export interface JointTask {
  readonly index: number;
  /** `ZHC20260704000012`. Unique. */
  readonly number: string;
  /** Of the month: `ZHJH2026-07`. */
  readonly plan: string;
  readonly scenario: 'SAME_INDUSTRY' | 'SAME_AREA' | 'SAME_OBJECT';
  /** When it took place, or is planned. */
  readonly date: string;
  readonly state: 'PLANNED' | 'ASSIGNED' | 'DONE' | 'CANCELLED';
  readonly subject: SubjectPointer;
  readonly township: string;
  /** Two or more; the first leads. */
  readonly participants: readonly [JointParticipant, JointParticipant, ...JointParticipant[]];
  readonly equipment: readonly string[];
  readonly problems: number;
}

type Draft = Omit<JointTask, 'index' | 'number' | 'plan'>;

const EQUIPMENT = ['执法车', '执法艇', '执法记录仪', '无人机', '快检箱', '移动终端'] as const;
const SCENARIOS = ['SAME_INDUSTRY', 'SAME_AREA', 'SAME_OBJECT'] as const;
const HARMLESS = ['NO_ISSUE', 'NOT_APPLICABLE'];
/** One is planned or was called off for so many that took place. */
const DONE_PER_OPEN = 8;
const LEAST_OPEN = 3;
const PLANNED_WITHIN_DAYS = 30;

const known = new WeakMap<World, readonly JointTask[]>();

/** Every joint check: those that took place are the world's joint inspections, one task for all of one visit. */
export function jointTasksOf(world: World): readonly JointTask[] {
  const before = known.get(world);
  if (before !== undefined) return before;
  const done = [...visitsOf(world)].map((visit) => doneTask(world, visit));
  const open = Array.from(
    { length: Math.max(LEAST_OPEN, Math.floor(done.length / DONE_PER_OPEN)) },
    (_, place) => openTask(world, place),
  );
  const tasks = [...done, ...open].map(
    (draft, index): JointTask => ({
      index,
      number: `ZHC${draft.date.replaceAll('-', '')}${String(index + 1).padStart(6, '0')}`,
      plan: `ZHJH${draft.date.slice(0, 7)}`,
      ...draft,
    }),
  );
  known.set(world, tasks);
  return tasks;
}

type Visit = readonly [Inspection, Inspection];

/** Joint inspections come in pairs: the same subject on the same day, one after the other. */
function* visitsOf({ inspections }: World): Generator<Visit> {
  let waiting: Inspection | null = null;
  for (const inspection of inspections) {
    if (!inspection.jointCheck || inspection.subject === null) continue;
    if (waiting !== null && isTogether(waiting, inspection)) {
      yield [waiting, inspection];
      waiting = null;
    } else {
      waiting = inspection;
    }
  }
}

function isTogether(left: Inspection, right: Inspection): boolean {
  return (
    left.date === right.date &&
    left.department !== right.department &&
    left.subject?.kind === right.subject?.kind &&
    left.subject?.index === right.subject?.index
  );
}

function doneTask({ seed }: World, [first, second]: Visit): Draft {
  const random = randomFor(seed, 'joint-task', first.index);
  const problems = [first, second].filter(({ results }) =>
    results.some((result) => !HARMLESS.includes(result)),
  );
  return {
    scenario: random.pick(SCENARIOS),
    date: first.date,
    state: 'DONE',
    subject: first.subject as SubjectPointer,
    township: first.township,
    participants: [partOf(first), partOf(second)],
    equipment: equipmentOf(random),
    problems: problems.length,
  };
}

function partOf({ department, itemCode, officers, results, date }: Inspection): JointParticipant {
  return { department, itemCode, officers, result: results[0] ?? null, submittedAt: date };
}

function openTask({ seed, today, organisations, officers }: World, place: number): Draft {
  const random = randomFor(seed, 'joint-plan', place);
  const organisation = random.pick(organisations);
  const cancelled = place % 4 === 3;
  const departments = random
    .shuffle(['MARKET', 'HEALTH', 'CULTURE', 'FIRE_RESCUE'])
    .slice(0, 2 + (place % 2));
  const [first, second, ...others] = departments.map(
    (department): JointParticipant => ({
      department,
      itemCode: `00330922${officers.find((each) => each.department === department)?.certNo.slice(6, 8)}0001`,
      officers: officers.flatMap((each) => (each.department === department ? [each.index] : [])).slice(0, 2),
      result: null,
      submittedAt: null,
    }),
  );
  if (first === undefined || second === undefined)
    throw new Error('a joint check must have two participants');
  return {
    scenario: random.pick(SCENARIOS),
    date: addDays(today, random.int(1, PLANNED_WITHIN_DAYS)),
    state: cancelled ? 'CANCELLED' : place % 2 === 0 ? 'PLANNED' : 'ASSIGNED',
    subject: { kind: 'organisation', index: organisation.index },
    township: organisation.township,
    participants: [first, second, ...others],
    equipment: equipmentOf(random),
    problems: 0,
  };
}

function equipmentOf(random: Random): readonly string[] {
  return random.shuffle(EQUIPMENT).slice(0, random.int(1, 3));
}

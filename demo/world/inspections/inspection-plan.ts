import { type Random, randomFor } from '../../random.js';
import type { CasePlan } from '../cases/case-plan.js';
import { DEPARTMENTS } from '../departments.js';
import type { SubjectPointer } from '../world.js';
import { drawOrganisation, drawPerson, drawVessel, type WorldBase } from '../world-base.js';

/** What decides everything else about an inspection. `day` is a day number. */
export interface InspectionPlan {
  readonly department: string;
  readonly subject: SubjectPointer | null;
  readonly day: number;
  readonly kind: string;
  readonly jointCheck: boolean;
  readonly case: number | null;
  /** Forces a result that is in no list. */
  readonly unknownResult?: string;
}

const DRAWN: readonly string[] = DEPARTMENTS.flatMap(({ department, inspectionShare }) =>
  new Array<string>(inspectionShare).fill(department),
);
/** Of 100 checks, how many a department makes of vessels; the rest of firms and a few people. */
const VESSEL_SHARE: ReadonlyMap<string, number> = new Map([
  ['MARINE', 100],
  ['TRANSPORT', 60],
  ['EMERGENCY', 25],
  ['FIRE_RESCUE', 20],
  ['AGRICULTURE', 20],
  ['ENVIRONMENT', 15],
  ['COMPREHENSIVE', 5],
]);
const KINDS = [
  'PATROL',
  'PATROL',
  'PATROL',
  'SPECIAL',
  'SPECIAL',
  'DIRECTED',
  'COMPLAINT',
  'RECHECK',
  'OFFSITE',
];
const MARKET_KINDS = ['DOUBLE_RANDOM', 'DOUBLE_RANDOM', 'DOUBLE_RANDOM', 'DOUBLE_RANDOM', ...KINDS];
const JOINT_ON_VESSELS = ['MARINE', 'TRANSPORT', 'EMERGENCY', 'ENVIRONMENT', 'COMPREHENSIVE'];
const JOINT_ON_FIRMS = ['MARKET', 'COMPREHENSIVE', 'HEALTH', 'EMERGENCY', 'FIRE_RESCUE', 'CULTURE'];
/** Of all pairs of neighbouring inspections, how many are one joint check. */
const JOINT = 0.06;

/** An inspection that led to no case. */
export function planInspection(base: WorldBase, index: number): InspectionPlan {
  const random = randomFor(base.seed, 'inspection-plan', index);
  const department = random.pick(DRAWN);
  const day = random.int(base.firstDay, base.today);
  const subject = drawSubject(base, random, department, day);
  return {
    department,
    subject,
    day: subject?.kind === 'vessel' && random.chance(0.5) ? inportDay(base, random, subject.index, day) : day,
    kind: drawKind(random, department),
    jointCheck: false,
    case: null,
  };
}

/** The inspection that a case came from: the same party, by the department that filed the case. */
export function planCausedInspection(
  base: WorldBase,
  index: number,
  caseIndex: number,
  plan: CasePlan,
): InspectionPlan {
  const random = randomFor(base.seed, 'inspection-plan', index);
  // The township's squad is the bureau's: it inspects as the bureau and punishes in the township's name.
  const department = plan.department === 'YANGSHAN_TOWN' ? 'COMPREHENSIVE' : plan.department;
  return {
    department,
    subject: plan.subject,
    day: plan.inspectionDay ?? plan.filedDay,
    kind: drawKind(random, department),
    jointCheck: false,
    case: caseIndex,
  };
}

/**
 * Two neighbouring inspections as one joint check (综合查一次): one subject, one day, two departments. Both places
 * draw the same numbers and differ in the department that they take.
 */
export function planJointInspection(base: WorldBase, pair: number, place: 0 | 1): InspectionPlan | null {
  const random = randomFor(base.seed, 'joint', pair);
  if (!random.chance(JOINT)) return null;
  const day = random.int(base.firstDay, base.today);
  const onVessel = random.chance(0.3);
  const department = random.shuffle(onVessel ? JOINT_ON_VESSELS : JOINT_ON_FIRMS)[place] ?? 'COMPREHENSIVE';
  return {
    department,
    subject: onVessel ? drawVessel(base, random) : drawOrganisation(base, random, 'HEALTH', day),
    day,
    kind: 'JOINT',
    jointCheck: true,
    case: null,
  };
}

/** Vessels are met when they lie in port for repair, some weeks of every half-year, each at its own time. */
function inportDay(base: WorldBase, random: Random, vessel: number, day: number): number {
  const halfYear = Math.floor((day - base.firstDay) / HALF_YEAR) * HALF_YEAR;
  const own = randomFor(base.seed, 'in-port', vessel).int(0, HALF_YEAR - IN_PORT_DAYS);
  return Math.min(base.today, base.firstDay + halfYear + own + random.int(0, IN_PORT_DAYS - 1));
}

const HALF_YEAR = 182;
const IN_PORT_DAYS = 18;

function drawSubject(
  base: WorldBase,
  random: Random,
  department: string,
  day: number,
): SubjectPointer | null {
  if (random.int(0, 99) < (VESSEL_SHARE.get(department) ?? 0)) {
    // 三无船舶: nothing tells which vessel it was.
    return random.chance(0.015) ? null : drawVessel(base, random);
  }
  if (department !== 'MARKET' && random.chance(0.06)) return drawPerson(base, random);
  return drawOrganisation(base, random, department, day);
}

function drawKind(random: Random, department: string): string {
  return random.pick(department === 'MARKET' ? MARKET_KINDS : KINDS);
}

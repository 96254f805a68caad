import { type Random, randomFor } from '../../random.js';
import { isoDay } from '../days.js';
import { departmentOf, systemOfCases, teamOf } from '../departments.js';
import { YANGSHAN } from '../townships.js';
import type { PenaltyCase } from '../world.js';
import { drawOfficers, homeOf, type WorldBase } from '../world-base.js';
import { formatYuan } from '../yuan.js';
import { type CaseNumbers, formatCaseCode, formatDecisionNo } from './case-numbers.js';
import type { CasePlan } from './case-plan.js';

/** 行政处罚法 art. 67: within so many days of service. */
const PAY_WITHIN_DAYS = 15;
const SOURCES = ['COMPLAINT', 'COMPLAINT', 'SUPERIOR', 'TRANSFER', 'MONITORING', 'MEDIA', 'OTHER'];
const SIDE_PENALTIES = ['CONFISCATE_PROPERTY', 'SUSPEND_PRODUCTION', 'SUSPEND_LICENCE', 'CRITICISM'];

export function makeCase(
  base: WorldBase,
  index: number,
  plan: CasePlan,
  numbers: CaseNumbers,
  inspection: number | null,
): PenaltyCase {
  const random = randomFor(base.seed, 'case-details', index);
  const department = departmentOf(plan.department);
  const township = plan.department === 'YANGSHAN_TOWN' ? YANGSHAN : homeOf(base, plan.subject);
  const causes = department.causes;
  const cause = random.int(0, causes.length - 1);
  return {
    index,
    heldBy: systemOfCases(department, base.size, base.today - plan.filedDay),
    department: plan.department,
    caseCode: formatCaseCode(plan, numbers.filed[index] ?? 0),
    name: causes[cause] ?? '',
    process: plan.process,
    source: inspection === null ? sourceOf(random, plan) : 'INSPECTION',
    subject: plan.subject,
    filedAt: isoDay(plan.filedDay),
    itemCode: `3302${department.digits}${String(cause + 1).padStart(3, '0')}000`,
    officers: drawOfficers(base, random, plan.department, isoDay(plan.decidedDay ?? plan.filedDay)),
    team: teamOf(plan.department, township),
    township,
    inspection,
    ...(plan.decidedDay === null
      ? undecided(random, base, plan)
      : decided(random, base, plan, plan.decidedDay, numbers.decided[index] ?? 0)),
  };
}

function sourceOf(random: Random, plan: CasePlan): string {
  const drawn = random.pick(SOURCES);
  return plan.source ?? drawn;
}

type Outcome = Pick<
  PenaltyCase,
  | 'stage'
  | 'decisionNo'
  | 'decidedAt'
  | 'servedAt'
  | 'closedAt'
  | 'penalties'
  | 'fine'
  | 'confiscated'
  | 'paid'
  | 'paidAt'
  | 'postponed'
  | 'publishedAt'
  | 'publication'
>;

function undecided(random: Random, base: WorldBase, plan: CasePlan): Outcome {
  const age = base.today - plan.filedDay;
  const closed = plan.exit !== null && plan.exit !== 'SUSPENDED' && plan.exit !== 'WITHDRAWN';
  return {
    stage: plan.exit ?? openStage(random, age),
    decisionNo: null,
    decidedAt: null,
    servedAt: null,
    closedAt: closed ? isoDay(Math.min(base.today, plan.filedDay + random.int(5, 80))) : null,
    penalties: [],
    fine: null,
    confiscated: null,
    paid: null,
    paidAt: null,
    postponed: false,
    publishedAt: null,
    publication: 'NOT_PUBLISHED',
  };
}

/** The longer it is on file, the further it is. */
function openStage(random: Random, ageDays: number): string {
  if (ageDays < 10) return random.pick(['FILED', 'INVESTIGATING']);
  if (ageDays < 40) return 'INVESTIGATING';
  if (ageDays < 60) return random.pick(['INVESTIGATING', 'REVIEW', 'NOTICE']);
  return random.pick(['INVESTIGATING', 'REVIEW', 'NOTICE', 'HEARING', 'COLLECTIVE']);
}

function decided(
  random: Random,
  base: WorldBase,
  plan: CasePlan,
  decidedDay: number,
  running: number,
): Outcome {
  const servedDay = serviceDay(random, base, plan, decidedDay);
  const payment = payFine(random, base, plan, servedDay);
  const closedDay = closingDay(random, base, plan, servedDay, payment);
  const stage = stageOf(plan, base, servedDay, closedDay);
  const confiscates = plan.process === 'ORDINARY' && random.chance(0.15);
  const publication = publish(random, base, plan, decidedDay, closedDay);
  return {
    stage,
    decisionNo: formatDecisionNo(plan, isoDay(decidedDay).slice(0, 4), running),
    decidedAt: isoDay(decidedDay),
    servedAt: servedDay === null ? null : isoDay(servedDay),
    closedAt: closedDay === null ? null : isoDay(closedDay),
    penalties: penaltiesOf(random, plan, confiscates),
    fine: formatYuan(plan.fineCents),
    confiscated: formatYuan(confiscates ? random.int(10_000, 2_000_000) : 0),
    paid:
      payment.paidCents === 0 && stage !== 'EXECUTING' && stage !== 'CLOSED'
        ? null
        : formatYuan(payment.paidCents),
    paidAt: payment.paidDay === null ? null : isoDay(payment.paidDay),
    postponed: plan.payment === 'POSTPONED' && plan.fineCents > 0,
    ...publication,
  };
}

/** On the spot, or within the seven days of art. 61; null while it is under way. */
function serviceDay(random: Random, base: WorldBase, plan: CasePlan, decidedDay: number): number | null {
  const day = decidedDay + (plan.process === 'SIMPLE' ? 0 : random.int(0, 7));
  return day <= base.today ? day : null;
}

interface Payment {
  readonly paidCents: number;
  readonly paidDay: number | null;
}

const NOTHING_PAID: Payment = { paidCents: 0, paidDay: null };

function payFine(random: Random, base: WorldBase, plan: CasePlan, servedDay: number | null): Payment {
  if (servedDay === null || plan.fineCents === 0) return NOTHING_PAID;
  const wait = {
    IN_TIME: random.int(0, PAY_WITHIN_DAYS),
    LATE: random.int(PAY_WITHIN_DAYS + 1, 180),
    PARTLY: random.int(1, 60),
    POSTPONED: random.int(60, 240),
    NEVER: Number.POSITIVE_INFINITY,
  }[plan.payment];
  const day = servedDay + wait;
  if (day > base.today) return NOTHING_PAID;
  const cents = plan.payment === 'PARTLY' ? Math.floor(plan.fineCents / random.int(2, 4)) : plan.fineCents;
  return { paidCents: cents, paidDay: day };
}

/** Closed when served and paid in full; a decision that was withdrawn is closed too. */
function closingDay(
  random: Random,
  base: WorldBase,
  plan: CasePlan,
  servedDay: number | null,
  payment: Payment,
): number | null {
  if (servedDay === null || payment.paidCents < plan.fineCents) return null;
  const day = (payment.paidDay ?? servedDay) + random.int(0, 10);
  return plan.exit === null && day <= base.today ? day : null;
}

function stageOf(
  plan: CasePlan,
  base: WorldBase,
  servedDay: number | null,
  closedDay: number | null,
): string {
  if (plan.exit !== null) return plan.exit;
  if (closedDay !== null) return 'CLOSED';
  if (servedDay === null) return 'DECIDED';
  return base.today - servedDay > PAY_WITHIN_DAYS ? 'EXECUTING' : 'SERVED';
}

function penaltiesOf(random: Random, plan: CasePlan, confiscates: boolean): readonly string[] {
  const penalties = plan.fineCents > 0 ? ['FINE'] : ['WARNING'];
  if (plan.fineCents > 0 && random.chance(0.2)) penalties.unshift('WARNING');
  if (confiscates) penalties.push('CONFISCATE_INCOME');
  if (plan.process === 'ORDINARY' && random.chance(0.06)) penalties.push(random.pick(SIDE_PENALTIES));
  return penalties;
}

/** 双公示: within days of the decision; taken back with the decision, or long after the case was closed. */
function publish(
  random: Random,
  base: WorldBase,
  plan: CasePlan,
  decidedDay: number,
  closedDay: number | null,
): Pick<PenaltyCase, 'publishedAt' | 'publication'> {
  const drawnDays = random.int(1, random.chance(0.08) ? 40 : 9);
  const repaired = closedDay !== null && base.today - closedDay > 180 && random.chance(0.15);
  const days = plan.publishedAfterDays === undefined ? drawnDays : plan.publishedAfterDays;
  const day = days === null ? Number.POSITIVE_INFINITY : decidedDay + days;
  if (plan.fineCents === 0 || day > base.today) return { publishedAt: null, publication: 'NOT_PUBLISHED' };
  if (plan.exit === 'WITHDRAWN') return { publishedAt: isoDay(day), publication: 'WITHDRAWN' };
  return { publishedAt: isoDay(day), publication: repaired ? 'DELETED' : 'PUBLISHED' };
}

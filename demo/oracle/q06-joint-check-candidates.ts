import type { Inspection, Licence, PenaltyCase, Vessel, World } from '../world/world.js';
import { compareTexts, groupBySubject, pointerKey } from './by-subject.js';
import { canonicalId } from './canonical-id.js';
import { isExpired, isUnpaid, overdueOf } from './legal-clocks.js';
import { addYuan } from './money.js';
import type { OracleOptions } from './records.js';

interface JointCheckCandidate {
  readonly id: string;
  readonly name: string;
  /** Owners that owe a fine of the market bureau. */
  readonly owners: readonly string[];
  /** What they owe and is overdue, in yuan. */
  readonly unpaidAmount: string;
  /** Numbers of expired certificates. */
  readonly expired: readonly string[];
  /** Months with two departments or more, and who came then. */
  readonly months: readonly { readonly month: string; readonly departments: readonly string[] }[];
  /** Numbers of all inspections in the period, newest first. */
  readonly inspections: readonly string[];
}

interface JointCheckOptions extends OracleOptions {
  /** Inspections from and to these days, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * Question 6: vessels with an expired certificate of the marine department, an owner with an overdue fine of the
 * market bureau, and two departments on board in one calendar month. By canonical id.
 */
export function jointCheckCandidates(
  world: World,
  options: JointCheckOptions,
): readonly JointCheckCandidate[] {
  const today = options.today ?? world.today;
  const inspections = groupBySubject(within(world.inspections, options), ({ subject }) => subject);
  const expired = groupBySubject(
    world.licences.filter((licence) => licence.department === 'MARINE' && isExpired(licence, today)),
    ({ holder }) => holder,
  );
  const unpaid = groupBySubject(
    [...world.cases].filter((each) => each.department === 'MARKET' && isUnpaid(each, today)),
    ({ subject }) => subject,
  );
  const candidates = world.vessels.flatMap((vessel) => {
    const key = pointerKey({ kind: 'vessel', index: vessel.index });
    const visits = inspections.get(key)?.items ?? [];
    const months = sharedMonths(visits);
    const certificates = expired.get(key)?.items ?? [];
    const owing = vessel.owners.filter(({ subject }) => unpaid.has(pointerKey(subject)));
    if (months.length === 0 || certificates.length === 0 || owing.length === 0) return [];
    const cases = owing.flatMap(({ subject }) => unpaid.get(pointerKey(subject))?.items ?? []);
    return [candidate(world, vessel, { visits, months, certificates, cases }, options)];
  });
  return candidates.sort((a, b) => compareTexts(a.id, b.id));
}

interface Evidence {
  readonly visits: readonly Inspection[];
  readonly months: JointCheckCandidate['months'];
  readonly certificates: readonly Licence[];
  readonly cases: readonly PenaltyCase[];
}

function candidate(
  world: World,
  vessel: Vessel,
  { visits, months, certificates, cases }: Evidence,
  options: JointCheckOptions,
): JointCheckCandidate {
  const today = options.today ?? world.today;
  const owners = new Set(cases.map(({ subject }) => canonicalId(world, subject, options.personKey)));
  const newestFirst = [...visits].sort(
    (a, b) => -compareTexts(a.date, b.date) || -compareTexts(a.number, b.number),
  );
  return {
    id: canonicalId(world, { kind: 'vessel', index: vessel.index }, options.personKey),
    name: vessel.name,
    owners: [...owners].sort(compareTexts),
    unpaidAmount: addYuan(cases.map((penaltyCase) => overdueOf(penaltyCase, today))),
    expired: certificates.map(({ number }) => number).sort(compareTexts),
    months,
    inspections: newestFirst.map(({ number }) => number),
  };
}

function* within(inspections: Iterable<Inspection>, { from, to }: JointCheckOptions): Generator<Inspection> {
  for (const inspection of inspections) {
    if (inspection.date >= from && inspection.date <= to) yield inspection;
  }
}

/** Calendar months in which two departments or more came, in order. */
function sharedMonths(visits: readonly Inspection[]): JointCheckCandidate['months'] {
  const byMonth = new Map<string, Set<string>>();
  for (const { date, department } of visits) {
    const month = date.slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? new Set<string>()).add(department));
  }
  return [...byMonth]
    .filter(([, departments]) => departments.size >= 2)
    .map(([month, departments]) => ({ month, departments: [...departments].sort(compareTexts) }))
    .sort((a, b) => compareTexts(a.month, b.month));
}

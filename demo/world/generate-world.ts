import { randomFor } from '../random.js';
import { numberCases } from './cases/case-numbers.js';
import { type CasePlan, planCase } from './cases/case-plan.js';
import { createCaseSlots } from './cases/case-slots.js';
import { makeCase } from './cases/make-case.js';
import { makeCreditRecords } from './credit/make-credit-records.js';
import { makeScenicSpots } from './culture/make-scenic-spots.js';
import { dayNumber, isoDay } from './days.js';
import { makePayments } from './finance/make-payments.js';
import { planEvent } from './grassroots/event-plan.js';
import { makeEvent } from './grassroots/make-event.js';
import { makeComplaintLandmarks } from './hotline/complaint-landmarks.js';
import { type Followed, planComplaint } from './hotline/complaint-plan.js';
import { makeComplaint } from './hotline/make-complaint.js';
import { IndexedStream } from './indexed-stream.js';
import {
  type InspectionPlan,
  planCausedInspection,
  planInspection,
  planJointInspection,
} from './inspections/inspection-plan.js';
import { makeInspection } from './inspections/make-inspection.js';
import { makeLandmarks } from './landmarks.js';
import { makePortCall } from './marine/make-port-call.js';
import { makePositions } from './marine/make-positions.js';
import { makeVessels } from './marine/make-vessels.js';
import { ALL_INDUSTRIES, INDUSTRIES } from './market/industries.js';
import { makeLicences } from './market/make-licences.js';
import { makeOrganisations } from './market/make-organisations.js';
import { makePremises } from './market/make-premises.js';
import { makeAliases } from './people/make-aliases.js';
import { makeOfficers, officersByDepartment } from './people/make-officers.js';
import { makePerson } from './people/make-persons.js';
import { WORLD_COUNTS } from './sizes.js';
import { makeVehicles } from './transport/make-vehicles.js';
import type { Complaint, DemoSize, Inspection, PenaltyCase, World } from './world.js';
import { groupOrganisations, homeOf, type WorldBase } from './world-base.js';

const DEFAULT_TODAY = '2026-06-30';
/** Firms under social credit codes alone must have existed for years. */
const EARLIEST_TODAY = '2021-01-01';
/** Inspections and cases are dated over so many days before today. */
const SPAN_DAYS = 1095;

interface WorldOptions {
  readonly seed: number;
  readonly size: DemoSize;
  /** `yyyy-MM-dd`, 2021 or later. Default 2026-06-30. */
  readonly today?: string;
}

/**
 * The county's truth: a pure function of its options. The lists of `province` are made while they are walked;
 * those of smaller sizes are held.
 */
export function generateWorld(options: WorldOptions): World {
  const base = makeBase(options);
  const { inspections, cases } = planEvents(base);
  const complaints = planComplaints(base, { inspections, cases });
  // As many as there are tickets: the n-th may come from the n-th of these.
  const events = new IndexedStream(base.counts.complaints, (index) =>
    makeEvent(base, index, planEvent(base, { inspections, cases, complaints }, index)),
  );
  const portCalls = new IndexedStream(base.counts.portCalls, (index) => makePortCall(base, index));
  const hold = <T>(stream: Iterable<T>): Iterable<T> => (options.size === 'province' ? stream : [...stream]);
  const { seed, organisations, vessels, counts } = base;
  const today = isoDay(base.today);
  const heldCases = hold(cases);
  const { homestays, licences } = makePremises(seed, today, counts.homestays, {
    organisations,
    persons: counts.persons,
    licences: makeLicences(seed, today, organisations, vessels),
  });
  return {
    seed,
    size: base.size,
    today,
    organisations,
    persons: base.persons,
    vessels,
    vehicles: makeVehicles(seed, today, licences, (holder) => homeOf(base, holder)),
    officers: [...base.officers.values()].flat(),
    licences,
    inspections: hold(inspections),
    cases: heldCases,
    portCalls: hold(portCalls),
    complaints: hold(complaints),
    payments: hold(makePayments(seed, today, heldCases)),
    creditRecords: hold(
      makeCreditRecords(seed, today, {
        organisations,
        licences,
        persons: counts.persons,
        cases: heldCases,
      }),
    ),
    events: hold(events),
    homestays,
    scenicSpots: makeScenicSpots(seed, counts.scenicSpots, organisations),
    positions: makePositions(seed, today, vessels),
    aliases: makeAliases(seed, organisations),
  };
}

function makeBase({ seed, size, today = DEFAULT_TODAY }: WorldOptions): WorldBase {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`Cannot make a world: seed must be whole, but is ${seed}`);
  if (today < EARLIEST_TODAY) {
    throw new RangeError(`Cannot make a world: today must be ${EARLIEST_TODAY} or later, but is ${today}`);
  }
  const counts = WORLD_COUNTS[size];
  const lastDay = dayNumber(today);
  const organisations = makeOrganisations(seed, today, counts.organisations, counts.persons);
  const owning = new Set(INDUSTRIES.filter(({ owns }) => owns).map(({ code }) => code));
  const vessels = makeVessels(seed, counts.vessels, {
    organisations: organisations.filter(({ industry }) => owning.has(industry)).map(({ index }) => index),
    persons: counts.persons,
  });
  return {
    seed,
    size,
    counts,
    today: lastDay,
    firstDay: lastDay - SPAN_DAYS,
    organisations,
    persons: Array.from({ length: counts.persons }, (_, index) => makePerson(seed, index)),
    vessels,
    shipowners: vessels.flatMap(({ owners }) =>
      owners.flatMap(({ subject }) => (subject.kind === 'organisation' ? [subject.index] : [])),
    ),
    officers: officersByDepartment(makeOfficers(seed, today, counts.officersPerDepartment)),
    organisationsOf: groupOrganisations(
      organisations,
      new Map(ALL_INDUSTRIES.map(({ code, inspectedBy }) => [code, inspectedBy])),
    ),
  };
}

/** Landmarks first, then what is drawn; tickets are planned from the inspections and cases that they led to. */
function planComplaints(base: WorldBase, followed: Followed): IndexedStream<Complaint> {
  const landmarks = makeComplaintLandmarks(base, followed);
  return new IndexedStream(base.counts.complaints, (index) =>
    makeComplaint(
      base,
      index,
      landmarks[index] ?? planComplaint(base, followed, randomFor(base.seed, 'complaint-plan', index)),
    ),
  );
}

interface Events {
  readonly inspections: IndexedStream<Inspection>;
  readonly cases: IndexedStream<PenaltyCase>;
}

/** Landmarks first, then what is drawn; a case and the inspection that it came from find each other by index. */
function planEvents(base: WorldBase): Events {
  const landmarks = makeLandmarks(base.today);
  const slots = createCaseSlots(
    base.seed,
    { first: landmarks.cases.length, count: base.counts.cases },
    { first: landmarks.inspections.length, count: base.counts.inspections },
  );
  const inspectionOf = (index: number): number | null => {
    if (index >= landmarks.cases.length) return slots.inspectionOf(index);
    const place = landmarks.inspections.findIndex((plan) => plan.case === index);
    return place < 0 ? null : place;
  };
  const casePlan = (index: number): CasePlan =>
    landmarks.cases[index] ?? planCase(base, index, slots.inspectionOf(index) !== null);
  const inspectionPlan = (index: number): InspectionPlan => {
    const landmark = landmarks.inspections[index];
    if (landmark !== undefined) return landmark;
    const caseIndex = slots.caseOf(index);
    if (caseIndex !== null) return planCausedInspection(base, index, caseIndex, casePlan(caseIndex));
    return jointPlan(base, index, landmarks.inspections.length, slots.caseOf) ?? planInspection(base, index);
  };
  const numbers = numberCases(base.counts.cases, casePlan);
  return {
    inspections: new IndexedStream(base.counts.inspections, (index) => {
      const plan = inspectionPlan(index);
      const penalised = plan.case !== null && casePlan(plan.case).decidedDay !== null;
      return makeInspection(base, index, plan, penalised);
    }),
    cases: new IndexedStream(base.counts.cases, (index) =>
      makeCase(base, index, casePlan(index), numbers, inspectionOf(index)),
    ),
  };
}

/** Neighbours may be one joint check, unless one of them led to a case or has no neighbour. */
function jointPlan(
  base: WorldBase,
  index: number,
  first: number,
  caseOf: (index: number) => number | null,
): InspectionPlan | null {
  const place = (index - first) % 2 === 0 ? 0 : 1;
  const neighbour = place === 0 ? index + 1 : index - 1;
  const plan = planJointInspection(base, Math.floor((index - first) / 2), place);
  if (plan === null || neighbour >= base.counts.inspections || caseOf(neighbour) !== null) return null;
  return plan;
}

import { dayNumber } from '../days.js';
import { COMPLAINED_OF, INSPECTION_001 } from '../landmarks.js';
import { TOWNSHIPS } from '../townships.js';
import type { WorldBase } from '../world-base.js';
import {
  beforeCase,
  beforeInspection,
  type ComplaintPlan,
  type Followed,
  lastJuly,
} from './complaint-plan.js';

/** Days from a ticket to its inspection: within ten days, on the tenth, and after. */
const LAGS = [3, 10, 11, 25];
/** Inspections are looked through for the summer's; more are not needed in any size. */
const LOOKED_THROUGH = 5_000;

/** Days from the ticket to the inspection that led to 嵊综执罚决字〔2026〕第001号. */
const REPORTED_BEFORE = 4;
/** How many of the first tickets became an event of the four platforms for certain. */
export const TICKETS_WITH_EVENT = 2;

/**
 * The first tickets: the one that a case was filed for, the one that led to the inspection and decision
 * 嵊综执罚决字〔2026〕第001号, and complaints of the last July about catering and canteens, one per township, some of which led to
 * an inspection in time or too late, one to a case.
 */
export function makeComplaintLandmarks(base: WorldBase, followed: Followed): readonly ComplaintPlan[] {
  const july = lastJuly(base.today);
  const catering = { category: 'CATERING', grievance: true } as const;
  const unanswered = TOWNSHIPS.map(
    ({ code }, place): ComplaintPlan => ({
      ...catering,
      day: july.first + 3 * place,
      sameDay: false,
      township: code,
      department: 'MARKET',
      target: null,
      inspection: null,
      case: null,
    }),
  );
  const punished = beforeCase(base, followed.cases.at(COMPLAINED_OF), 9);
  const reported = beforeInspection(base, followed.inspections.at(INSPECTION_001), REPORTED_BEFORE);
  return [{ ...punished, ...catering }, reported, ...inspectedInSummer(base, followed), ...unanswered];
}

/** One ticket per lag, each about a firm and with an inspection of its own. */
function inspectedInSummer(base: WorldBase, { inspections }: Followed): readonly ComplaintPlan[] {
  const july = lastJuly(base.today);
  const plans: ComplaintPlan[] = [];
  const count = Math.min(inspections.length, LOOKED_THROUGH);
  for (let index = 0; index < count && plans.length < LAGS.length; index += 1) {
    const inspection = inspections.at(index);
    const lag = LAGS[plans.length] ?? 0;
    const day = dayNumber(inspection.date) - lag;
    if (inspection.subject?.kind !== 'organisation' || day < july.first || day > july.last) continue;
    plans.push({ ...beforeInspection(base, inspection, lag), category: 'CATERING' });
  }
  return plans;
}

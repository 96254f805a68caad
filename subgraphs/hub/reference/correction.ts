import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { Incident, IncidentCause } from '../../port/observation.js';
import type { WorkingDays } from '../../values/dates/working-days.js';

/** What a department is to put right in its data, or has (数据校核). */
export interface Correction {
  /** Of the incident that it was made from. */
  readonly id: string;
  readonly interface: string;
  readonly defect: IncidentCause;
  /** The field that it is about; null: the interface as a whole. */
  readonly field: string | null;
  /** What is wrong, Chinese first; holds no cell. */
  readonly detail: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The last day on which it may be put right, `yyyy-MM-dd`. */
  readonly deadline: string;
  /** `CORRECTED`: a look or study shows it mended. `OVERDUE`: it is not, and the deadline is past. */
  readonly state: 'OPEN' | 'CORRECTED' | 'OVERDUE';
  /** When it was mended, milliseconds since the epoch; null: it is not. */
  readonly correctedAt: number | null;
}

/** Incidents whose cure is in the department's data; the others are faults of connections, or pass by themselves. */
export const DEFECTS = [
  'COLUMN_MISSING',
  'COLUMN_RETYPED',
  'CODES_UNKNOWN',
  'CODES_SWAPPED',
  'CELLS_UNREADABLE',
  'SUBJECTS_UNRESOLVED',
  'KEYS_FAULTY',
  'WATERMARK_AHEAD',
  'ROWS_FEW',
  'ROWS_MANY',
  'ROWS_NONE',
  'DROP_REJECTED',
  'DROP_SHORT',
] as const satisfies readonly IncidentCause[];

export type CorrectionDefect = (typeof DEFECTS)[number];

/** Working days in which a department answers a request for correction (政务数据共享条例, article 26; to be verified by a lawyer). */
export const USUAL_WORKING_DAYS = 10;

interface CorrectionRules {
  readonly workingDays: Pick<WorkingDays, 'limitOf'>;
  /** From the day after its beginning. */
  readonly allowed: number;
  /** Milliseconds since the epoch: what was mended later counts as not mended. */
  readonly asOf: number;
}

/** The correction that an incident asks for; null: it asks for none. */
export function correctionOf(
  incident: Incident,
  { workingDays, allowed, asOf }: CorrectionRules,
): Correction | null {
  const { id, interface: name, cause, about, detail, since, until } = incident;
  if (!(DEFECTS as readonly IncidentCause[]).includes(cause) || since > asOf) return null;
  const correctedAt = until !== null && until <= asOf ? until : null;
  const deadline = workingDays.limitOf(dayOf(since), allowed);
  const isLate = dayOf(asOf) > deadline;
  return {
    id,
    interface: name,
    defect: cause,
    field: about,
    detail,
    since,
    deadline,
    state: correctedAt !== null ? 'CORRECTED' : isLate ? 'OVERDUE' : 'OPEN',
    correctedAt,
  };
}

/** The county's day of a moment, `yyyy-MM-dd`. */
export function dayOf(ms: number): string {
  return DateTime.fromMillis(ms, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd');
}

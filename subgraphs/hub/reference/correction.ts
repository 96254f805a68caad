import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { Incident, IncidentCause, IncidentNotes, Noted } from '../../port/observation.js';
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
  /**
   * `CORRECTED`: a look or study shows it mended. `OVERDUE`: it is not, the deadline is past, and its department did not refuse with a
   * reason. `ANSWERED`: it did, or will mend it. `SENT`: it was asked to.
   */
  readonly state: 'OPEN' | 'SENT' | 'ANSWERED' | 'CORRECTED' | 'OVERDUE';
  /** When it was mended, milliseconds since the epoch; null: it is not. */
  readonly correctedAt: number | null;
  /** Null: its department was not asked yet. */
  readonly sent: Noted | null;
  /** Null: it has not answered. */
  readonly answered: NonNullable<IncidentNotes['answered']> | null;
  /** Null: nobody sees to it. */
  readonly acknowledged: NonNullable<IncidentNotes['acknowledged']> | null;
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
  const { id, interface: name, cause, about, detail, since, until, notes = {} } = incident;
  if (!(DEFECTS as readonly IncidentCause[]).includes(cause) || since > asOf) return null;
  const correctedAt = until !== null && until <= asOf ? until : null;
  const deadline = workingDays.limitOf(dayOf(since), allowed);
  const by = <N extends Noted>(note: N | undefined): N | null =>
    note !== undefined && note.at <= asOf ? note : null;
  const said = {
    sent: by(notes.sent),
    answered: by(notes.answered),
    acknowledged: by(notes.acknowledged),
  };
  return {
    id,
    interface: name,
    defect: cause,
    field: about,
    detail,
    since,
    deadline,
    state: correctedAt !== null ? 'CORRECTED' : stateOf(said, dayOf(asOf) > deadline),
    correctedAt,
    ...said,
  };
}

function stateOf(
  { sent, answered }: Pick<Correction, 'sent' | 'answered'>,
  isLate: boolean,
): Correction['state'] {
  if (answered?.isAccepted === false) return 'ANSWERED';
  if (isLate) return 'OVERDUE';
  if (answered !== null) return 'ANSWERED';
  return sent === null ? 'OPEN' : 'SENT';
}

/** The county's day of a moment, `yyyy-MM-dd`. */
export function dayOf(ms: number): string {
  return DateTime.fromMillis(ms, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd');
}

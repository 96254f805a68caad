import {
  elapsedDays,
  isExpired,
  isUnpaid,
  isValid,
  overdueOf,
  remainingDays,
} from '../../../demo/oracle/legal-clocks.js';
import { workingDaysAfter } from '../../../demo/oracle/q13-unpublished.js';
import type { FieldValue } from '../../../subgraphs/kinds/field-value.js';
import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import { closedSeasonOf } from '../../county/closed-seasons.js';
import { isWorkingDay } from '../../county/working-calendar.js';

type Values = ReadonlyMap<string, FieldValue>;

/** Stages in which a decision stands. */
const STANDING = ['DECIDED', 'SERVED', 'EXECUTING', 'CLOSED', 'UNDER_REVIEW', 'LITIGATION'];
/** Published at some time. */
const WAS_PUBLIC = ['PUBLISHED', 'WITHDRAWN', 'DELETED'];

/**
 * The derived fields of a row, from its declared ones and the demo's own legal clocks. Every interface of the demo
 * holds what they need, but those of port calls.
 */
export function deriveValues(kind: RowKind, values: Values, today: string): Values {
  switch (kind) {
    case 'Licence':
      return deriveLicence(values, today);
    case 'Case':
      return deriveCase(values, today);
    case 'CreditRecord':
      return deriveCreditRecord(values);
    case 'Transfer':
      return deriveTransfer(values, today);
    case 'Dispute':
      return new Map([['decisionDays', daysFrom(values, 'date', 'decidedAt', today)]]);
    case 'JointCheck':
      return new Map([['done', values.get('state') === 'DONE']]);
    case 'EnforcementItem':
      return new Map([['inForce', isWithin(values, today)]]);
    case 'Officer':
      return new Map([['certified', isCertified(values, today)]]);
    case 'PortCall':
      return new Map([['closedSeason', leftInClosedSeason(values)]]);
    default:
      return new Map();
  }
}

/** Interfaces without gear have none in any row. */
function leftInClosedSeason(values: Values): boolean | null {
  const [gear, moment] = [textOf(values, 'gear'), textOf(values, 'reportedAt')];
  if (values.get('direction') !== 'DEPARTURE' || gear === null || moment === null) return null;
  return closedSeasonOf(gear, moment);
}

function deriveCreditRecord(values: Values): Values {
  const [decidedAt, date] = [textOf(values, 'decidedAt'), textOf(values, 'date')];
  const lag = decidedAt === null || date === null ? null : workingDaysAfter(decidedAt, date, isWorkingDay);
  return new Map([['publicationLagWorkingDays', lag]]);
}

function deriveTransfer(values: Values, today: string): Values {
  return new Map([
    ['decisionDays', daysFrom(values, 'reportedAt', 'approvedAt', today)],
    ['sendingDays', daysFrom(values, 'approvedAt', 'date', today)],
    ['replyDays', daysFrom(values, 'date', 'repliedAt', today)],
  ]);
}

function daysFrom(values: Values, from: string, to: string, today: string): number | null {
  const start = textOf(values, from);
  if (start === null) return null;
  return Math.round((Date.parse(textOf(values, to) ?? today) - Date.parse(start)) / 86_400_000);
}

function isWithin(values: Values, today: string): boolean {
  const [from, to] = [textOf(values, 'validFrom'), textOf(values, 'validTo')];
  return from !== null && from <= today && (to === null || today <= to);
}

function isCertified(values: Values, today: string): boolean {
  const validTo = textOf(values, 'certValidTo');
  return (
    values.get('state') === 'ON_DUTY' &&
    textOf(values, 'certNo') !== null &&
    validTo !== null &&
    today <= validTo
  );
}

function deriveLicence(values: Values, today: string): Values {
  const licence = { validTo: textOf(values, 'validTo'), state: textOf(values, 'state') ?? '' };
  return new Map([
    ['expired', isExpired(licence, today)],
    ['valid', isValid(licence, today)],
  ]);
}

function deriveCase(values: Values, today: string): Values {
  const each = {
    stage: textOf(values, 'stage') ?? '',
    fine: textOf(values, 'fine'),
    paid: textOf(values, 'paid'),
    servedAt: textOf(values, 'servedAt'),
    decidedAt: textOf(values, 'decidedAt'),
    closedAt: textOf(values, 'closedAt'),
    postponed: values.get('postponed') === true,
  };
  const filedAt = textOf(values, 'filedAt');
  return new Map<string, FieldValue>([
    ['unpaid', isUnpaid(each, today)],
    ['overdue', overdueOf(each, today)],
    ['elapsedDays', filedAt === null ? null : elapsedDays({ ...each, filedAt }, today)],
    ['remainingDays', filedAt === null ? null : remainingDays({ ...each, filedAt }, today)],
    ['publicationLagWorkingDays', publicationLag(values, today)],
    ['decided', each.decidedAt !== null],
  ]);
}

function publicationLag(values: Values, today: string): number | null {
  const decidedAt = textOf(values, 'decidedAt');
  if (decidedAt === null || !STANDING.includes(textOf(values, 'stage') ?? '')) return null;
  const publishedAt = textOf(values, 'publishedAt');
  if (publishedAt === null && WAS_PUBLIC.includes(textOf(values, 'publication') ?? '')) return null;
  const end = publishedAt === null || publishedAt > today ? today : publishedAt;
  return workingDaysAfter(decidedAt, end, isWorkingDay);
}

function textOf(values: Values, field: string): string | null {
  const value = values.get(field);
  return typeof value === 'string' ? value : null;
}

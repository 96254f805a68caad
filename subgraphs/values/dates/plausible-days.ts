import type { FieldValue } from '../../kinds/field-value.js';
import type { Decoded } from '../value-codec.js';
import { addDays } from './calendar.js';

/**
 * The days on which something recorded can have happened. A day outside is shown and marked, but stands in no
 * order: a check of the year 2062 would else be the newest for ever.
 */
export interface PlausibleDays {
  readonly first: string;
  /** Depends on the present day. */
  last(): string;
}

/** Plans reach a year ahead. */
const AHEAD_DAYS = 366;
/** No department of today recorded anything before. */
const FOUNDING_DAY = '1949-10-01';

/** @param today the county's day, `yyyy-MM-dd`. */
export function plausibleDays(today: () => string): PlausibleDays {
  let day = '';
  let last = '';
  return {
    first: FOUNDING_DAY,
    last: () => {
      const present = today();
      if (present !== day) [day, last] = [present, addDays(present, AHEAD_DAYS)];
      return last;
    },
  };
}

/** @param value a canonical date or moment. */
export function isPlausible(value: FieldValue, days: PlausibleDays | null): boolean {
  if (days === null || typeof value !== 'string') return true;
  const day = value.slice(0, 10);
  return day >= days.first && day <= days.last();
}

/** Marks a date outside the plausible days. */
export function markImplausible(decoded: Decoded, days: PlausibleDays | null): Decoded {
  if (isPlausible(decoded.value, days)) return decoded;
  return { value: decoded.value, quality: [...decoded.quality, 'DATE_IMPLAUSIBLE'] };
}

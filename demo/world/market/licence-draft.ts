import type { Random } from '../../random.js';
import { addDays, laterDay } from '../days.js';
import type { Licence } from '../world.js';

/** A licence before it has a place in the world's list. */
export type LicenceDraft = Omit<Licence, 'index'>;

/** Ended licences ended within so many days. */
const ENDED_WITHIN_DAYS = 400;

/**
 * A term of so many years of 365 days that runs today or has ended. None begins before `notBefore`; one that would
 * have is the first of its holder, and may run on though an ended one was asked for.
 */
export function drawTerm(
  random: Random,
  today: string,
  years: number,
  ended: boolean,
  notBefore: string,
): { readonly validFrom: string; readonly validTo: string } {
  const days = 365 * years;
  const last = addDays(today, ended ? -random.int(1, ENDED_WITHIN_DAYS) : random.int(0, days - 30));
  const validFrom = laterDay(addDays(last, 1 - days), notBefore);
  return { validFrom, validTo: addDays(validFrom, days - 1) };
}

import { DateTime } from 'luxon';

/** The county's calendar. */
export const COUNTY_ZONE = 'Asia/Shanghai';

export interface Clock {
  /** The present moment. */
  now(): Date;
  /** The county's calendar day, `yyyy-MM-dd`, wherever this process runs. */
  today(): string;
}

export const systemClock: Clock = clockFrom(() => Date.now());

/**
 * A clock that shows noon of `day` in the county when it is made, and ticks on from there: a demo county
 * whose data end on that day stays as fresh as it was built.
 *
 * @param day `yyyy-MM-dd`.
 * @throws {RangeError} when there is no such day.
 */
export function createClockFrom(day: string): Clock {
  if (!isCalendarDay(day)) {
    throw new RangeError(
      `Cannot start a clock: the day must be one of the calendar, yyyy-MM-dd, but is ${JSON.stringify(day)}.`,
    );
  }
  const noon = DateTime.fromISO(`${day}T12:00:00`, { zone: COUNTY_ZONE }).toMillis();
  // Monotonic, so that setting the machine's clock does not move the county's day.
  const started = performance.now();
  return clockFrom(() => noon + (performance.now() - started));
}

/** A clock that shows what another process's does. @param aheadMs milliseconds between it and this machine's. */
export function createClockAhead(aheadMs: number): Clock {
  if (aheadMs === 0) return systemClock;
  const started = performance.now();
  const at = Date.now() + aheadMs;
  return clockFrom(() => at + (performance.now() - started));
}

/** A moment as callers read it: ISO 8601 at +08:00, to the second. */
export function countyMoment(moment: Date): string {
  return DateTime.fromJSDate(moment, { zone: COUNTY_ZONE }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** Whether the text is a day of the calendar, `yyyy-MM-dd`. */
export function isCalendarDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: COUNTY_ZONE }).isValid;
}

function clockFrom(millis: () => number): Clock {
  // Every request asks for the day, and working it out costs more than all the rest of a small one.
  let day = '';
  let begins = 0;
  let ends = 0;
  return {
    now: () => new Date(millis()),
    today: () => {
      const now = millis();
      if (now < begins || now >= ends) {
        const moment = DateTime.fromMillis(now, { zone: COUNTY_ZONE });
        day = moment.toFormat('yyyy-MM-dd');
        begins = moment.startOf('day').toMillis();
        ends = moment.plus({ days: 1 }).startOf('day').toMillis();
      }
      return day;
    },
  };
}

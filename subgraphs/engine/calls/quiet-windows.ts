import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { QuietWindow } from '../mapping/mapping.js';

/**
 * When the source may be called again, in milliseconds since the epoch.
 *
 * A window holds from the minute `from` until before the minute `to`; one whose ends are equal lasts all day.
 * Windows that touch or overlap count as one.
 *
 * @returns null when it may be called at that moment.
 */
export function quietUntil(windows: readonly QuietWindow[], now: Date): number | null {
  let at = now.getTime();
  let until: number | null = null;
  // Windows that follow each other around the clock would have no end.
  for (let hop = 0; hop <= windows.length; hop++) {
    const time = countyTime(at).toFormat('HH:mm');
    const window = windows.find((one) => holdsAt(one, time));
    if (window === undefined) break;
    until = endAfter(at, window.to);
    at = until;
  }
  return until;
}

function holdsAt({ from, to }: QuietWindow, time: string): boolean {
  return from < to ? from <= time && time < to : from <= time || time < to;
}

function endAfter(at: number, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const end = countyTime(at).startOf('day').set({ hour, minute });
  return end.toMillis() > at ? end.toMillis() : end.plus({ days: 1 }).toMillis();
}

function countyTime(millis: number): DateTime {
  return DateTime.fromMillis(millis, { zone: COUNTY_ZONE });
}

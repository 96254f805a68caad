import { dayOfEpoch, epochDay } from './calendar.js';

/**
 * Which days people work: Monday to Friday, the other way round on the exceptions. Days are `yyyy-MM-dd` and exist;
 * counts are whole and at least 1.
 */
export interface WorkingDays {
  /** Holidays on weekdays, and weekend days that are worked. */
  readonly exceptions: readonly string[];
  isWorkingDay(day: string): boolean;
  /** The last of the first `count` working days after a day. */
  limitOf(day: string, count: number): string;
  /** The latest day whose limit of `count` working days lies before a day. */
  latestBefore(day: string, count: number): string;
  /** The least count whose limit after `from` is not before `to`; 0 where `to` is not after `from`. */
  countTo(from: string, to: string): number;
}

const DAYS_OF_WEEK = 7;
const WORKED_OF_WEEK = 5;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const EPOCH_WEEKDAY = 3;

export function createWorkingDays(exceptions: readonly string[]): WorkingDays {
  const turned = new Set(exceptions.map(epochDay));
  const works = (day: number): boolean => {
    const sinceMonday = (((day + EPOCH_WEEKDAY) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    return sinceMonday < WORKED_OF_WEEK !== turned.has(day);
  };
  /** The last of `count` working days met when walking away from a day. */
  const walk = (from: number, step: 1 | -1, count: number): number => {
    let day = from;
    for (let met = 0; met < count; ) {
      day += step;
      if (works(day)) met++;
    }
    return day;
  };
  return {
    exceptions,
    isWorkingDay: (day) => works(epochDay(day)),
    limitOf: (day, count) => dayOfEpoch(walk(epochDay(day), 1, count)),
    latestBefore: (day, count) => dayOfEpoch(walk(epochDay(day), -1, count) - 1),
    countTo: (from, to) => {
      const [start, end] = [epochDay(from), epochDay(to)];
      if (end <= start) return 0;
      let count = 1;
      for (let day = start + 1; day < end; day++) if (works(day)) count++;
      return count;
    },
  };
}

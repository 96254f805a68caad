import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { RefusalReason } from '../../port/source-observer.js';

/** Why a call is not sent. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** For callers: why, and until when; Chinese first. */
  readonly detail: string;
}

export function refuseWhilePaused(now: Date, pauseMs: number): Refusal {
  const until = timeAfter(now, pauseMs);
  return {
    reason: 'breaker',
    detail: `数据源连续失败，暂停调用至 ${until}。Calls are paused until ${until} after repeated failures.`,
  };
}

export function refuseByMinute(now: Date, waitMs: number, limit: number): Refusal {
  const until = timeAfter(now, waitMs);
  return {
    reason: 'quota_minute',
    detail: `每分钟 ${limit} 次的调用配额已用完，${until} 后恢复。The quota of ${limit} calls a minute is used up until ${until}.`,
  };
}

export function refuseByDay(now: Date, limit: number): Refusal {
  const until = DateTime.fromJSDate(now, { zone: COUNTY_ZONE }).plus({ days: 1 }).startOf('day');
  const text = until.toFormat('yyyy-MM-dd HH:mm');
  return {
    reason: 'quota_day',
    detail: `每日 ${limit} 次的调用配额已用完，${text} 后恢复。The quota of ${limit} calls a day is used up until ${text}.`,
  };
}

/** @param until milliseconds since the epoch. */
export function refuseWhileQuiet(until: number): Refusal {
  const text = DateTime.fromMillis(until, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd HH:mm');
  return {
    reason: 'quiet',
    detail: `该时段不得调用数据源，${text} 后恢复。The source must not be called at this time of day; calls resume at ${text}.`,
  };
}

/** `HH:mm:ss` in the county, rounded up so that whoever tries then is not refused again. */
function timeAfter(now: Date, ms: number): string {
  const millis = Math.ceil((now.getTime() + ms) / 1000) * 1000;
  return DateTime.fromMillis(millis, { zone: COUNTY_ZONE }).toFormat('HH:mm:ss');
}

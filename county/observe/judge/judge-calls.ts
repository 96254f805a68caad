import { durationText } from '../../../runtime/duration-text.js';
import type { Measurement } from '../../../subgraphs/port/observation.js';
import type { Criteria, Seen } from '../seen.js';
import { type Finding, isBeyond, joinVerdicts, NOTHING, percent, type Verdict } from './verdict.js';

/** Fewer calls than this say nothing of how slow a source is. */
const LEAST_CALLS = 5;
const SLOW_SHARE = 0.95;
/** Beyond this, gateways refuse signatures. */
const SKEW_REFUSED = 90;

/** How the source's calls go: how long they take, how much of the quota is used, how far its clock is off. */
export function judgeCalls(seen: Seen, by: Criteria): Verdict {
  return joinVerdicts([judgeSpeed(seen, by), judgeQuotas(seen, by), judgeClock(seen, by)]);
}

function judgeSpeed({ tookSeconds, lookedAt, reach }: Seen, { thresholds, now }: Criteria): Verdict {
  if (thresholds === null || tookSeconds.length < LEAST_CALLS || reach.failure !== null) return NOTHING;
  const sorted = [...tookSeconds].sort((left, right) => left - right);
  // One slow call alone is none of a slow source, however few there are.
  const place = Math.min(Math.ceil(sorted.length * SLOW_SHARE) - 1, sorted.length - 2);
  const value = sorted[place] ?? 0;
  const { slow } = thresholds;
  const [found, most] = [value.toFixed(2), durationText(slow.at)];
  return {
    measurements: [
      {
        measure: 'ANSWER_TIME',
        about: null,
        value,
        unit: 'SECONDS',
        threshold: slow,
        takenAt: lookedAt ?? now,
      },
    ],
    judged: ['SLOW'],
    findings: isBeyond(value, slow)
      ? [
          {
            cause: 'SLOW',
            about: null,
            severity: 'WARNING',
            detail: `每二十次调用有一次需 ${found} 秒或更久，应不超过 ${most.zh}。Of twenty calls one takes ${found} s or more; it should be ${most.en} at most.`,
            requestId: null,
          },
        ]
      : [],
  };
}

function judgeQuotas({ source }: Seen, { thresholds, now }: Criteria): Verdict {
  if (thresholds === null || source === null) return NOTHING;
  const { quotaNear, quotaFull } = thresholds;
  const measurements = source.quotas.map(
    ({ window, used, limit }): Measurement => ({
      measure: 'QUOTA_USED',
      about: window,
      value: used / limit,
      unit: 'SHARE',
      // A minute's quota is used up and free again before anybody could act.
      threshold: window === 'day' ? quotaNear : null,
      takenAt: now,
    }),
  );
  const findings = source.quotas.flatMap(({ window, used, limit }): readonly Finding[] => {
    if (window !== 'day' || used / limit < quotaNear.at) return [];
    return [
      {
        cause: 'QUOTA_NEAR',
        about: window,
        severity: used / limit >= quotaFull.at ? 'CRITICAL' : 'WARNING',
        detail: `当日配额 ${limit} 次已用 ${used} 次（${percent(used / limit)}）。Of ${limit} calls a day ${used} are used (${percent(used / limit)}).`,
        requestId: null,
      },
    ];
  });
  return { measurements, judged: source.quotas.length === 0 ? [] : ['QUOTA_NEAR'], findings };
}

function judgeClock({ source }: Seen, { thresholds, now }: Criteria): Verdict {
  const skewMs = source?.clockSkewMs ?? null;
  if (thresholds === null || skewMs === null) return NOTHING;
  const seconds = Math.abs(skewMs) / 1000;
  const { zh, en } = durationText(seconds);
  const isAhead = skewMs > 0;
  return {
    measurements: [
      {
        measure: 'CLOCK_SKEW',
        about: null,
        value: skewMs / 1000,
        unit: 'SECONDS',
        threshold: thresholds.skew,
        takenAt: now,
      },
    ],
    judged: ['CLOCK_SKEW'],
    findings: isBeyond(seconds, thresholds.skew)
      ? [
          {
            cause: 'CLOCK_SKEW',
            about: null,
            severity: seconds >= SKEW_REFUSED ? 'CRITICAL' : 'WARNING',
            detail: `来源的时钟比本机${isAhead ? '快' : '慢'} ${zh}。Its clock is ${en} ${isAhead ? 'ahead of' : 'behind'} ours.`,
            requestId: null,
          },
        ]
      : [],
  };
}

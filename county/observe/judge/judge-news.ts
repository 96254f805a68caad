import { countyMoment } from '../../../runtime/clock.js';
import { durationText } from '../../../runtime/duration-text.js';
import type { Thresholds } from '../../../subgraphs/engine/observe/thresholds.js';
import type { Criteria, Seen } from '../seen.js';
import { type Finding, isBeyond, NOTHING, type Verdict } from './verdict.js';
import { workingAge } from './working-age.js';

const DAY = 86_400;

/** How old the newest row is against what is promised, and whether it is of a time to come. */
export function judgeNews({ watermark }: Seen, { thresholds, workingDays, now }: Criteria): Verdict {
  if (thresholds === null || watermark === null) return NOTHING;
  const { late, stale, ahead, days } = thresholds;
  const age = ageOf(watermark, { thresholds, workingDays, now });
  const since = countyMoment(new Date(watermark));
  const findings: Finding[] = [];
  const aheadSeconds = (watermark - now) / 1000;
  if (isBeyond(aheadSeconds, ahead)) {
    const { zh, en } = durationText(aheadSeconds);
    findings.push({
      cause: 'WATERMARK_AHEAD',
      about: null,
      severity: 'WARNING',
      detail: `最新一行的时间 ${since} 在 ${zh}之后，此后的新数据无法据此识别。The newest row is of ${since}, ${en} from now: newer ones cannot be told by it.`,
      requestId: null,
    });
  }
  if (late !== null && isBeyond(age, late)) {
    const [told, limit] = [durationText(age), durationText(late.at)];
    const working =
      days === 'working' ? { zh: '（只计工作日）', en: ', working days alone' } : { zh: '', en: '' };
    findings.push({
      cause: 'LATE',
      about: null,
      severity: stale !== null && isBeyond(age, stale) ? 'CRITICAL' : 'WARNING',
      detail: `自 ${since} 起没有新数据，已 ${told.zh}${working.zh}，应不超过 ${limit.zh}。No news since ${since}, for ${told.en}${working.en}; it should be ${limit.en} at most.`,
      requestId: null,
    });
  }
  return {
    measurements: [
      {
        measure: 'WATERMARK_AGE',
        about: null,
        value: (now - watermark) / 1000,
        unit: 'SECONDS',
        threshold: late,
        takenAt: now,
      },
    ],
    judged: ['WATERMARK_AHEAD', ...(late === null ? [] : (['LATE'] as const))],
    findings,
  };
}

/**
 * Seconds for which news is owed. After days off it is owed one period later: what is done on Monday comes with the batch
 * of the night to Tuesday, and the one before has nothing to bring.
 */
function ageOf(
  watermark: number,
  {
    thresholds,
    workingDays,
    now,
  }: Pick<Criteria, 'workingDays' | 'now'> & { readonly thresholds: Thresholds },
): number {
  const passed = (now - watermark) / 1000;
  if (thresholds.days === 'every') return passed;
  const worked = workingAge(watermark, now, workingDays);
  if (worked >= passed) return passed;
  return Math.max(0, worked - Math.min(thresholds.newsEvery ?? 0, DAY));
}

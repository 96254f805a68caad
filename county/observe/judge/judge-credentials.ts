import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { Measurement } from '../../../subgraphs/port/observation.js';
import type { Criteria, Seen } from '../seen.js';
import { type Finding, isBeyond, NOTHING, type Verdict } from './verdict.js';

const DAY = 86_400;
const WORDS = {
  certificate: { zh: '来源的证书', en: 'The certificate of its source ends' },
  expires: { zh: '登录凭证', en: 'Its credentials end' },
} as const;
type Credential = keyof typeof WORDS;

/** When what we prove ourselves by, or the source proves itself by, ends. */
export function judgeCredentials({ source }: Seen, { thresholds, now }: Criteria): Verdict {
  if (thresholds === null) return NOTHING;
  const ends: readonly (readonly [Credential, number | null])[] = [
    ['certificate', source?.certificateEndsAt?.getTime() ?? null],
    ['expires', source?.credentialsEndAt?.getTime() ?? null],
  ];
  const { ending, endingSoon } = thresholds;
  const measurements: Measurement[] = [];
  const findings: Finding[] = [];
  const measured = { measure: 'CREDENTIALS_LEFT', unit: 'SECONDS', takenAt: now } as const;
  for (const [about, at] of ends) {
    if (at === null) continue;
    const value = (at - now) / 1000;
    measurements.push({ ...measured, about, value, threshold: ending });
    if (!isBeyond(value, ending)) continue;
    const days = Math.max(0, Math.floor(value / DAY));
    const day = DateTime.fromMillis(at - 1, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd');
    findings.push({
      cause: 'CREDENTIALS_ENDING',
      about,
      severity: isBeyond(value, endingSoon) ? 'CRITICAL' : 'WARNING',
      detail: `${WORDS[about].zh}于 ${day} 到期，还有 ${days} 天。${WORDS[about].en} on ${day}, in ${days} days.`,
      requestId: null,
    });
  }
  // A secret that renews itself is told and not judged: that it could not be renewed shows when it is refused.
  const secretEndsAt = source?.secretEndsAt ?? null;
  if (secretEndsAt !== null) {
    const value = (secretEndsAt.getTime() - Date.now()) / 1000;
    measurements.push({ ...measured, about: 'secret', value, threshold: null });
  }
  const judged = ends.some(([, at]) => at !== null) ? (['CREDENTIALS_ENDING'] as const) : [];
  return { measurements, judged, findings };
}

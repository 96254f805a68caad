import type { IncidentCause } from '../../../subgraphs/port/observation.js';
import { isLasting } from '../reach.js';
import type { Criteria, Seen } from '../seen.js';
import { NOTHING, type Verdict } from './verdict.js';

const BY_CODE: ReadonlyMap<string, IncidentCause> = new Map([
  ['SOURCE_UNAVAILABLE', 'UNREACHABLE'],
  ['SUBGRAPH_UNAVAILABLE', 'UNREACHABLE'],
  ['SOURCE_TIMEOUT', 'TIMEOUT'],
  ['SOURCE_CREDENTIALS_REFUSED', 'CREDENTIALS_REFUSED'],
  ['SOURCE_COLUMN_MISSING', 'COLUMN_MISSING'],
  ['SOURCE_MALFORMED', 'MALFORMED'],
  ['INTERFACE_MISCONFIGURED', 'MISCONFIGURED'],
]);
const WORDS: Readonly<Partial<Record<IncidentCause, string>>> = {
  UNREACHABLE: '数据源不应答。The source does not answer.',
  TIMEOUT: '数据源未在时限内应答。The source does not answer in time.',
  CREDENTIALS_REFUSED: '数据源拒绝登录。The source refuses who asks.',
  COLUMN_MISSING:
    '数据源没有映射所读的表或列，可能已更名。The source has not what the mapping reads: it may have been renamed.',
  MALFORMED: '应答不符合约定。Its answers are not what was agreed.',
  MISCONFIGURED: '映射或连接有误。Its mapping or connection has errors.',
  REJECTED: '数据源拒绝了请求。The source refuses what it is asked.',
};
/** `COLUMN_MISSING` is judged by the columns as well. */
const JUDGED: readonly IncidentCause[] = [...new Set(BY_CODE.values()), 'REJECTED' as const].filter(
  (cause) => cause !== 'COLUMN_MISSING',
);

/** Whether the interface answers, and why it does not. */
export function judgeReach(seen: Seen, { now }: Criteria): Verdict {
  const { reach, lookedAt, isQuiet } = seen;
  if (lookedAt === null || isQuiet || isQuotaUsedUp(seen)) return NOTHING;
  const measurements = [
    {
      measure: 'REACHABLE',
      about: null,
      value: reach.failure === null ? 1 : 0,
      unit: 'YES',
      threshold: null,
      takenAt: lookedAt,
    },
  ] as const;
  const { failure } = reach;
  if (failure === null) return { measurements, judged: JUDGED, findings: [] };
  // One failure is neither the beginning of an incident nor the end of another.
  if (!isLasting(reach) || now < failure.since) return { measurements, judged: [], findings: [] };
  const cause = BY_CODE.get(failure.code) ?? 'REJECTED';
  return {
    measurements,
    judged: JUDGED,
    findings: [
      {
        cause,
        about: null,
        severity: 'CRITICAL',
        detail: WORDS[cause] ?? '',
        requestId: failure.requestId,
        since: failure.since,
      },
    ],
  };
}

/** Whether it answers no more since it may not be called: the quota tells that. */
function isQuotaUsedUp({ source }: Seen): boolean {
  return source?.quotas.some(({ window, used, limit }) => window === 'day' && used >= limit) ?? false;
}

import { durationText } from '../../../runtime/duration-text.js';
import type { Measurement } from '../../../subgraphs/port/observation.js';
import type { Criteria, Seen } from '../seen.js';
import { median } from './median.js';
import { type Finding, isBeyond, NOTHING, percent, type Verdict } from './verdict.js';

/** Of files with fewer rows, half is a row or two. */
const LEAST_ROWS = 4;

/** What was handed over as files: rejected, passed over, or with too few rows. */
export function judgeDrops({ drop, dropsBefore }: Seen, { thresholds, now }: Criteria): Verdict {
  if (drop === null || thresholds === null) return NOTHING;
  const { serving, rejection, passedOver } = drop;
  const isRejected = rejection !== null && !rejection.isSettled;
  const findings: Finding[] = [];
  const say = (cause: Finding['cause'], detail: string): void => {
    findings.push({ cause, about: null, severity: 'WARNING', detail, requestId: null });
  };
  if (isRejected) {
    say(
      'DROP_REJECTED',
      `最近的文件有 ${rejection.reasons} 处不合要求，未被接收，沿用此前的文件。The last file was rejected for ${rejection.reasons} reasons; the one before serves on.`,
    );
  }
  if (passedOver.length > 0) {
    say(
      'DROP_LATE',
      `有 ${passedOver.length} 个文件后到而时间更早，未采用。${passedOver.length} files came later and say that they are older; they are not used.`,
    );
  }
  const usual = median(dropsBefore.slice(-4));
  const share = serving === null || usual < LEAST_ROWS ? null : serving.rows / usual;
  if (share !== null && isBeyond(share, thresholds.shortDrop)) {
    say(
      'DROP_SHORT',
      `最近接收的文件有 ${serving?.rows} 行，以往通常 ${usual} 行（${percent(share)}）。The file that serves has ${serving?.rows} rows; those before had ${usual} (${percent(share)}).`,
    );
  }
  const measured = { about: null, unit: 'COUNT', threshold: null, takenAt: now } as const;
  const rows: readonly Measurement[] =
    serving === null
      ? []
      : [
          {
            measure: 'DROP_ROWS',
            about: null,
            value: serving.rows,
            unit: 'ROWS',
            threshold: null,
            takenAt: now,
          },
        ];
  return {
    measurements: [
      ...rows,
      { ...measured, measure: 'DROPS_REJECTED', value: isRejected ? 1 : 0 },
      { ...measured, measure: 'DROPS_LATE', value: passedOver.length },
    ],
    judged: ['DROP_REJECTED', 'DROP_LATE', 'DROP_SHORT'],
    findings,
  };
}

/** How old what is kept of a source is. */
export function judgeSnapshot({ snapshot }: Seen, { thresholds, now }: Criteria): Verdict {
  const limit = thresholds?.snapshotOld ?? null;
  if (snapshot?.ageSeconds == null || limit === null) return NOTHING;
  const { ageSeconds, isServing } = snapshot;
  const [age, most] = [durationText(ageSeconds), durationText(limit.at)];
  return {
    measurements: [
      {
        measure: 'SNAPSHOT_AGE',
        about: null,
        value: ageSeconds,
        unit: 'SECONDS',
        threshold: limit,
        takenAt: now,
      },
    ],
    judged: ['SNAPSHOT_OLD'],
    findings: isBeyond(ageSeconds, limit)
      ? [
          {
            cause: 'SNAPSHOT_OLD',
            about: null,
            severity: isServing ? 'WARNING' : 'CRITICAL',
            detail: `快照已有 ${age.zh}，应不超过 ${most.zh}。What is kept of the source is ${age.en} old; it should be ${most.en} at most.`,
            requestId: null,
          },
        ]
      : [],
  };
}

/** Whether the county's index of identities and numbers knows the interface. */
export function judgeIndexed({ isIndexed, reach }: Seen): Verdict {
  // What cannot be read cannot be indexed: that is told already.
  if (isIndexed === null || reach.failure !== null) return NOTHING;
  return {
    measurements: [],
    judged: ['INDEX_INCOMPLETE'],
    findings: isIndexed
      ? []
      : [
          {
            cause: 'INDEX_INCOMPLETE',
            about: null,
            severity: 'WARNING',
            detail:
              '登记索引尚不含该接口，按主体和文号的查询会缺少其内容。The index lacks it: what is looked up by subject or number may lack its rows.',
            requestId: null,
          },
        ],
  };
}

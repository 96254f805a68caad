import type { CellStudy, FieldStudy } from '../../../subgraphs/engine/observe/study-cells.js';
import type { Thresholds } from '../../../subgraphs/engine/observe/thresholds.js';
import type { KeyFaults } from '../../../subgraphs/engine/read/keys/key-faults.js';
import type { Measurement } from '../../../subgraphs/port/observation.js';
import type { Criteria, Seen } from '../seen.js';
import { type Finding, isBeyond, joinVerdicts, NOTHING, percent, type Verdict } from './verdict.js';

/** Of fewer rows no share is told. */
const LEAST_ROWS = 10;

/** How the newest rows read: cells, codes, subjects and keys. */
export function judgeCells({ study }: Seen, { thresholds }: Criteria): Verdict {
  if (study === null || thresholds === null) return NOTHING;
  const { cells, keys } = study.found;
  return joinVerdicts([
    ...(cells === null
      ? []
      : [judgeFields(cells, thresholds, study.at), judgeSubjects(cells, thresholds, study.at)]),
    ...(keys === null ? [] : [judgeKeys(keys, study.at)]),
  ]);
}

function judgeFields({ fields }: CellStudy, thresholds: Thresholds, takenAt: number): Verdict {
  const measurements: Measurement[] = [];
  const findings: Finding[] = [];
  const told = new Set<string>();
  /** Of several fields that read one column the first is told. */
  const tell = (finding: Finding, { column }: FieldStudy): void => {
    const key = `${finding.cause} ${column}`;
    if (!told.has(key)) findings.push(finding);
    told.add(key);
  };
  for (const one of fields) {
    const limit = thresholds.flagged(one.field);
    const { unknownCodes: most } = thresholds;
    if (one.filled >= LEAST_ROWS) {
      const value = one.unreadable / one.filled;
      measurements.push({
        measure: 'UNREADABLE',
        about: one.field,
        value,
        unit: 'SHARE',
        threshold: limit,
        takenAt,
      });
      if (isBeyond(value, limit)) tell(unreadable(one, value), one);
    }
    if (one.unknownCodes > 0 || one.hasCodes) {
      const value = one.unknownCodes;
      measurements.push({
        measure: 'UNKNOWN_CODES',
        about: one.field,
        value,
        unit: 'COUNT',
        threshold: most,
        takenAt,
      });
      if (isBeyond(value, most)) tell(unknownCodes(one), one);
    }
  }
  return { measurements, judged: ['CELLS_UNREADABLE', 'CODES_UNKNOWN'], findings };
}

function unreadable({ field, filled, unreadable: spoilt }: FieldStudy, share: number): Finding {
  return {
    cause: 'CELLS_UNREADABLE',
    about: field,
    severity: 'WARNING',
    detail: `字段 ${field}：最新 ${filled} 个值中有 ${spoilt} 个无法读取（${percent(share)}）。Of the newest ${filled} cells of ${field}, ${spoilt} cannot be read (${percent(share)}).`,
    requestId: null,
  };
}

function unknownCodes({ field, unknownCodes: count }: FieldStudy): Finding {
  return {
    cause: 'CODES_UNKNOWN',
    about: field,
    severity: 'WARNING',
    detail: `字段 ${field} 出现 ${count} 个代码表之外的代码。In ${field} there are ${count} codes that are in no list.`,
    requestId: null,
  };
}

function judgeSubjects(
  { rows, unresolved }: CellStudy,
  { unresolved: limit }: Thresholds,
  takenAt: number,
): Verdict {
  if (unresolved === null || rows < LEAST_ROWS) return NOTHING;
  const value = unresolved / rows;
  return {
    measurements: [{ measure: 'UNRESOLVED', about: null, value, unit: 'SHARE', threshold: limit, takenAt }],
    judged: ['SUBJECTS_UNRESOLVED'],
    findings: isBeyond(value, limit)
      ? [
          {
            cause: 'SUBJECTS_UNRESOLVED',
            about: null,
            severity: 'WARNING',
            detail: `最新 ${rows} 行中有 ${unresolved} 行无法确认主体（${percent(value)}）。Of the newest ${rows} rows, ${unresolved} are about nobody who is known (${percent(value)}).`,
            requestId: null,
          },
        ]
      : [],
  };
}

function judgeKeys({ keyless, repeatedKeys, repeatedRows }: KeyFaults, takenAt: number): Verdict {
  const value = keyless + repeatedRows;
  return {
    measurements: [
      { measure: 'KEYS_FAULTY', about: null, value, unit: 'ROWS', threshold: NO_FAULT, takenAt },
    ],
    judged: ['KEYS_FAULTY'],
    findings:
      value === 0
        ? []
        : [
            {
              cause: 'KEYS_FAULTY',
              about: null,
              severity: 'WARNING',
              detail: `${keyless} 行没有主键，${repeatedRows} 行共用 ${repeatedKeys} 个主键，清单中会缺行。${keyless} rows have no key and ${repeatedRows} share ${repeatedKeys}: lists leave rows out.`,
              requestId: null,
            },
          ],
  };
}

const NO_FAULT = {
  at: 0,
  side: 'ABOVE',
  reason: '没有主键或主键重复的行无法列出。Rows without a key of their own cannot be listed.',
  isStated: false,
} as const;

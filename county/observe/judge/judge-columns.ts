import type { Criteria, Seen } from '../seen.js';
import { type Finding, NOTHING, type Verdict } from './verdict.js';

/** Whether the source still shows the columns that the mapping reads, as they were when it was written. */
export function judgeColumns(
  { study, columnsBefore, reach }: Seen,
  { mapped, thresholds }: Criteria,
): Verdict {
  const shown = study?.found.columns ?? null;
  if (study === null || shown === null || columnsBefore === null || thresholds === null) return NOTHING;
  const { isSample } = study.found;
  const types = new Map(shown.map(({ name, type }) => [name, type]));
  const before = new Map(columnsBefore.map(({ name, type }) => [name, type]));
  // A row need not name what it leaves empty: there, only what was seen before can be missing.
  const missing = [...mapped.keys()].filter((name) => !types.has(name) && (!isSample || before.has(name)));
  const retyped = isSample
    ? []
    : [...mapped.keys()].filter(
        (name) => types.has(name) && before.has(name) && types.get(name) !== before.get(name),
      );
  const added = shown.filter(({ name }) => !before.has(name));
  const count = { about: null, unit: 'COUNT', threshold: null, takenAt: study.at } as const;
  const fieldsOf = (columns: readonly string[]): string =>
    columns.map((name) => wordColumn(name, mapped)).join('、');
  const findings: Finding[] = [];
  if (missing.length > 0) {
    const hint = added.length === 0 ? '' : `；新出现的列：${added.map(({ name }) => name).join('、')}`;
    findings.push({
      cause: 'COLUMN_MISSING',
      about: null,
      severity: 'CRITICAL',
      detail: `来源不再有 ${fieldsOf(missing)}${hint}。The source no longer has ${fieldsOf(missing)}${added.length === 0 ? '' : `; new there: ${added.map(({ name }) => name).join(', ')}`}.`,
      requestId: reach.failure?.requestId ?? null,
    });
  }
  if (retyped.length > 0) {
    const changes = retyped.map(
      (name) => `${wordColumn(name, mapped)} ${before.get(name)} → ${types.get(name)}`,
    );
    findings.push({
      cause: 'COLUMN_RETYPED',
      about: null,
      severity: 'WARNING',
      detail: `列的类型变了：${changes.join('、')}。Types changed: ${changes.join(', ')}.`,
      requestId: null,
    });
  }
  return {
    measurements: [
      { ...count, measure: 'COLUMNS_MISSING', value: missing.length },
      { ...count, measure: 'COLUMNS_RETYPED', value: retyped.length },
      { ...count, measure: 'COLUMNS_NEW', value: added.length },
    ],
    judged: ['COLUMN_MISSING', ...(isSample ? [] : (['COLUMN_RETYPED'] as const))],
    findings,
  };
}

/** `CheckDate (date)`: the column, and the fields that read it. */
function wordColumn(name: string, mapped: ReadonlyMap<string, readonly string[]>): string {
  const fields = mapped.get(name) ?? [];
  return fields.length === 0 ? name : `${name} (${fields.join(', ')})`;
}

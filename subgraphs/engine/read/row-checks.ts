import type { FieldValue } from '../../kinds/field-value.js';

/** Pairs that the law puts in order: the first cannot come after the second (domain §3.13 D22). */
const ORDERED_PAIRS: readonly (readonly [earlier: string, later: string])[] = [
  ['checkedAt', 'reportedAt'],
  ['filedAt', 'decidedAt'],
  ['decidedAt', 'servedAt'],
  ['filedAt', 'closedAt'],
  ['validFrom', 'validTo'],
];

/** Marks a row whose dates contradict each other; both dates are shown as they are. */
export function checkRow(values: ReadonlyMap<string, FieldValue>, quality: string[]): void {
  for (const [earlier, later] of ORDERED_PAIRS) {
    const first = values.get(earlier);
    const second = values.get(later);
    if (typeof first === 'string' && typeof second === 'string' && first > second) {
      quality.push(`TEMPORAL_INCONSISTENT:${later}`);
    }
  }
}

import type { FieldValue } from '../../../kinds/field-value.js';
import { declarationOf, KINDS } from '../../../kinds/kinds.js';

/** Days of any kind of which the first cannot come after the second; facets without a kind are held to them too. */
const ORDERED_PAIRS = KINDS.flatMap((kind) => declarationOf(kind).ordered);

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

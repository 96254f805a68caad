import type { FieldValue } from '../../../kinds/field-value.js';
import { declarationOf, KINDS } from '../../../kinds/kinds.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';

/** Days of any kind of which the first cannot come after the second; facets without a kind are held to them too. */
const ORDERED_PAIRS = KINDS.flatMap((kind) => declarationOf(kind).ordered);

type RowCheck = (values: ReadonlyMap<string, FieldValue>, quality: string[]) => void;

/** Marks a row whose dates contradict each other; both dates are shown as they are. */
export function compileRowCheck({ ordered }: InterfaceMapping): RowCheck {
  const own = ordered.map(({ earlier, later }): readonly [string, string] => [earlier, later]);
  // Several kinds may have the same pair; a contradiction is marked once.
  const pairs = [...new Map([...ORDERED_PAIRS, ...own].map((pair) => [pair.join(), pair])).values()];
  return (values, quality) => {
    for (const [earlier, later] of pairs) {
      const first = values.get(earlier);
      const second = values.get(later);
      if (typeof first === 'string' && typeof second === 'string' && first > second) {
        quality.push(`TEMPORAL_INCONSISTENT:${later}`);
      }
    }
  };
}

import type { FieldValue } from '../../../kinds/field-value.js';
import { declarationOf, KINDS, type Kind } from '../../../kinds/kinds.js';

type OrderedPair = readonly [earlier: string, later: string];

const ALL_PAIRS: readonly OrderedPair[] = KINDS.flatMap((kind) => declarationOf(kind).ordered);

/** Days of any kind of which the first cannot come after the second, but for those that another kind has the other way. */
const COMMON_PAIRS = ALL_PAIRS.filter(
  ([earlier, later]) => !ALL_PAIRS.some(([first, second]) => first === later && second === earlier),
);

/** The pairs that a row is held to, by the field that is marked. */
const pairsOf = new Map<Kind | null, readonly OrderedPair[]>(
  [null, ...KINDS].map((kind) => {
    const own = kind === null ? [] : declarationOf(kind).ordered;
    const pairs = new Map([...COMMON_PAIRS, ...own].map((pair) => [pair.join(' '), pair]));
    return [kind, [...pairs.values()]];
  }),
);

/**
 * Marks a row whose dates contradict each other; both dates are shown as they are. The facet's own dates are held to
 * the order that any kind gives their names.
 *
 * @param kind null: a facet without a kind.
 */
export function checkRow(
  kind: Kind | null,
  values: ReadonlyMap<string, FieldValue>,
  quality: string[],
): void {
  for (const [earlier, later] of pairsOf.get(kind) ?? []) {
    const first = values.get(earlier);
    const second = values.get(later);
    if (typeof first === 'string' && typeof second === 'string' && first > second) {
      quality.push(`TEMPORAL_INCONSISTENT:${later}`);
    }
  }
}

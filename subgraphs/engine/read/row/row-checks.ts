import type { FieldValue } from '../../../kinds/field-value.js';
import { declarationOf, KINDS, type Kind } from '../../../kinds/kinds.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';

type OrderedPair = readonly [earlier: string, later: string];

const ALL_PAIRS: readonly OrderedPair[] = KINDS.flatMap((kind) => declarationOf(kind).ordered);

/** Days of any kind of which the first cannot come after the second, but for those that another kind has the other way. */
const COMMON_PAIRS = ALL_PAIRS.filter(
  ([earlier, later]) => !ALL_PAIRS.some(([first, second]) => first === later && second === earlier),
);

type RowCheck = (values: ReadonlyMap<string, FieldValue>, quality: string[]) => void;

/**
 * Marks a row whose dates contradict each other; both dates are shown as they are. Dates of a facet are held to the order
 * that any kind gives their names, and to the one that the mapping gives.
 *
 * @param fields those that rows are read with; other dates are not there to contradict.
 */
export function compileRowCheck(
  { feeds, ordered }: Pick<InterfaceMapping, 'feeds' | 'ordered'>,
  fields: readonly string[],
): RowCheck {
  const all = pairsOf(
    feeds ?? null,
    ordered.map(({ earlier, later }) => [earlier, later]),
  );
  const pairs = all.filter(([earlier, later]) => fields.includes(earlier) && fields.includes(later));
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

/** Several kinds may have the same pair; a contradiction is marked once. */
function pairsOf(kind: Kind | null, own: readonly OrderedPair[]): readonly OrderedPair[] {
  const ofKind = kind === null ? [] : declarationOf(kind).ordered;
  return [...new Map([...COMMON_PAIRS, ...ofKind, ...own].map((pair) => [pair.join(' '), pair])).values()];
}

import type { Random } from '../../../demo/random.js';
import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import type { CanonicalRow } from '../canonical-rows.js';

/** Values that rows of one kind hold, so that filters hit. */
export interface FieldSamples {
  readonly kind: RowKind;
  readonly rows: readonly CanonicalRow[];
  /** Text of a value of some row, a list's element; null when no row has any. */
  text(random: Random, field: string): string | null;
}

export function sampleFields(kind: RowKind, rows: readonly CanonicalRow[]): FieldSamples {
  const texts = new Map<string, readonly string[]>();
  const textsOf = (field: string): readonly string[] => {
    const known = texts.get(field) ?? rows.flatMap(({ values }) => elementsOf(values.get(field) ?? null));
    texts.set(field, known);
    return known;
  };
  return {
    kind,
    rows,
    text: (random, field) => {
      const held = textsOf(field);
      return held.length === 0 ? null : random.pick(held);
    },
  };
}

function elementsOf(value: string | number | boolean | null | readonly string[]): readonly string[] {
  if (value === null) return [];
  const texts = typeof value === 'object' ? value : [String(value)];
  // A name without a certificate has an empty number; nobody can ask for that.
  return texts.filter((text) => text.trim() !== '');
}

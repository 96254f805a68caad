import { type Spellings, spell } from './spell-code.js';

/** D15, D16: several values in one cell, each as `spell` writes it; null for none. */
export function spellAll(
  list: ReadonlyMap<string, Spellings>,
  values: readonly string[],
  separator: string,
  unusual: number | null,
): string | null {
  if (values.length === 0) return null;
  return values.map((value) => spell(list, value, unusual)).join(separator);
}

import { NOTHING, nullFor } from '../quality.js';
import { halfWidth, unguardedText, upperAscii, withoutBlanks } from '../texts/cell-text.js';
import { isNullWord, nullWords } from '../texts/null-words.js';
import type { ValueCodec } from '../value-codec.js';
import { decimalCodec } from './decimal-codec.js';
import { dimensionOf, UNIT_FACTORS, UNIT_NAMES, type Unit, WRITTEN_UNITS } from './units.js';

/**
 * Decimals whose row says their unit in a column of its own; where it says none, `unit` is meant. A unit that is in
 * no list, or that measures something else, leaves the number unread: it could be a thousand times as much. Such
 * cells neither sort nor filter at the source.
 */
export function rowUnitCodec(unit: Unit, nulls: readonly string[]): ValueCodec {
  const names = UNIT_NAMES.filter((name) => dimensionOf(name) === dimensionOf(unit));
  const codecs = new Map(
    names.map((name) => [name, decimalCodec({ unit: name, order: 'none', nulls })] as const),
  );
  const noUnit = nullWords([]);
  return {
    decode: (cell, beside) => {
      const word = unguardedText(beside ?? null);
      const named = word === null || isNullWord(word, noUnit) ? unit : unitNamed(word, names);
      const codec = named === null ? undefined : codecs.get(named);
      if (codec !== undefined) return codec.decode(cell);
      return unguardedText(cell) === null ? NOTHING : nullFor('NUMBER_UNREADABLE');
    },
    push: () => null,
  };
}

/** Of these units the one that a word writes: `MG/KG`, `微克` and the like in any width. */
function unitNamed(word: string, names: readonly Unit[]): Unit | null {
  const bare = upperAscii(halfWidth(withoutBlanks(word)));
  const written = WRITTEN_UNITS.find((each) => each.word === bare);
  return names.find((name) => upperAscii(name) === bare || UNIT_FACTORS[name] === written?.factor) ?? null;
}

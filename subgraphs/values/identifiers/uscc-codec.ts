import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor, only } from '../quality.js';
import { unguardedText } from '../texts/cell-text.js';
import { isNullWord, nullWords } from '../texts/null-words.js';
import { CLEAN, type Decoded, type QualityCode, type ValueCodec } from '../value-codec.js';
import { bareIdentifier, type IdentifierReading } from './identifier.js';
import { isUscc, readUscc } from './uscc.js';

const LENGTH = 18;

/**
 * A unified social credit code: the whole cell, or what a longer number contains (a pollution permit is numbered
 * `91330922MA28K00156001V` after whoever applied for it). Where the row has a code of its own beside it and the two
 * differ, the value is marked ID_CONFLICT and kept: which of them is right is not for the gateway to say.
 */
export function usccCodec(furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const decode = (cell: SourceValue, beside: string | null): Decoded => {
    const trimmed = unguardedText(cell);
    if (trimmed === null) return NOTHING;
    if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
    const { value, quality } = readContained(trimmed);
    if (value === null || beside === null) return { value, quality };
    const other = readUscc(beside).value;
    return { value, quality: other === null || other === value ? quality : withConflict(quality) };
  };
  return {
    decode: (cell, beside) => decode(cell, beside ?? null),
    push: () => null,
  };
}

/** The first eighteen characters that are a right code; repaired ones only where the number begins with them. */
function readContained(text: string): IdentifierReading {
  const bare = bareIdentifier(text);
  for (let start = 0; start + LENGTH <= bare.length; start += 1) {
    const part = bare.slice(start, start + LENGTH);
    if (isUscc(part)) return { value: part, quality: CLEAN };
  }
  return readUscc(bare.slice(0, LENGTH));
}

function withConflict(quality: readonly QualityCode[]): readonly QualityCode[] {
  return quality.length === 0 ? only('ID_CONFLICT') : [...quality, 'ID_CONFLICT'];
}

import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor, only } from '../quality.js';
import { cellText, trimText } from '../texts/cell-text.js';
import { isNullWord, nullWords } from '../texts/null-words.js';
import { CLEAN, type Decoded, type ValueCodec } from '../value-codec.js';
import { isDaySentinel, isSupportedDay } from './date-bounds.js';
import { CANONICAL_OFFSET, formatMoment, shiftWall } from './moment.js';
import { decodeNoDate } from './no-date.js';
import { wallOf } from './raw-moment.js';
import { readAnyDate } from './read-any-date.js';
import type { TemporalOptions } from './temporal-codec.js';

/**
 * Dates as people write them (D8). One day has too many spellings for any source to find or sort by, so
 * nothing is pushed.
 */
export function anyDateCodec(options: TemporalOptions): ValueCodec {
  const words = nullWords(options.nulls);
  return {
    decode: (cell) => decodeAnyDate(cell, options, words),
    push: () => null,
  };
}

function decodeAnyDate(
  cell: SourceValue,
  { type, zone }: TemporalOptions,
  words: ReturnType<typeof nullWords>,
): Decoded<string | null> {
  const text = cellText(cell);
  if (text === null) return NOTHING;
  const trimmed = trimText(text);
  const date = isNullWord(trimmed, words) ? null : readAnyDate(trimmed);
  if (date === null) return decodeNoDate(trimmed, words);
  if (!isSupportedDay(date.day)) return isDaySentinel(date.day) ? NOTHING : nullFor('DATE_UNREADABLE');
  const raw = wallOf(date);
  const wall =
    date.time === null
      ? raw
      : date.offset === null
        ? zone.toCanonical(raw)
        : shiftWall(raw, CANONICAL_OFFSET - date.offset);
  return {
    value: type === 'Date' ? wall.slice(0, 10) : formatMoment(wall),
    quality: date.truncated ? only('DATE_TRUNCATED') : CLEAN,
  };
}

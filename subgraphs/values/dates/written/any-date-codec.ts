import type { SourceValue } from '../../../../adapters/source-value.js';
import { NOTHING, nullFor, only } from '../../quality.js';
import { remember } from '../../remember.js';
import { unguardedText } from '../../texts/cell-text.js';
import { isNullWord, type NullWords, nullWords } from '../../texts/null-words.js';
import { CLEAN, type Decoded, type ValueCodec } from '../../value-codec.js';
import { isDaySentinel, isSupportedDay } from '../date-bounds.js';
import { CANONICAL_OFFSET, formatMoment, shiftWall } from '../moment.js';
import { decodeNoDate } from '../no-date.js';
import { markImplausible } from '../plausible-days.js';
import { wallOf } from '../raw-moment.js';
import type { TemporalOptions } from '../temporal-codec.js';
import { type AnyDate, readAnyDate } from './read-any-date.js';

/** Longer cells hold a time as well, and seldom come twice. */
const DAY_LENGTH = 10;

/**
 * Dates as people write them (D8). One day has too many spellings for any source to find or sort by, so
 * nothing is pushed.
 */
export function anyDateCodec(options: TemporalOptions): ValueCodec {
  const words = nullWords(options.nulls);
  const decodeDay = remember((text) => decodeAnyDate(text, options, words));
  return {
    decode: (cell) =>
      markImplausible(
        typeof cell === 'string' && cell.length <= DAY_LENGTH
          ? decodeDay(cell)
          : decodeAnyDate(cell, options, words),
        options.plausible,
      ),
    push: () => null,
  };
}

function decodeAnyDate(
  cell: SourceValue,
  { type, zone, edge }: TemporalOptions,
  words: NullWords,
): Decoded<string | null> {
  const trimmed = unguardedText(cell);
  if (trimmed === null) return NOTHING;
  const date = isNullWord(trimmed, words) || isRounded(cell) ? null : readAnyDate(trimmed);
  const day = date === null ? null : dayOf(date, edge);
  if (date === null || day === null) return decodeNoDate(trimmed, words);
  if (!isSupportedDay(day)) return isDaySentinel(day) ? NOTHING : nullFor('DATE_UNREADABLE');
  const raw = wallOf({ ...date, day });
  const wall =
    date.time === null
      ? raw
      : date.offset === null
        ? zone.toCanonical(raw)
        : shiftWall(raw, CANONICAL_OFFSET - date.offset);
  return {
    value: type === 'Date' ? wall.slice(0, 10) : formatMoment(wall),
    quality: date.period === null ? CLEAN : only('DATE_TRUNCATED'),
  };
}

/** The number 2020.1 is January or, without its last zero, October. */
function isRounded(cell: SourceValue): boolean {
  return typeof cell === 'number' && /^\d{4}\.\d$/.test(String(cell));
}

/** A period means its last day where a field names an end; elsewhere a month means its first. */
function dayOf({ day, period }: AnyDate, edge: 'start' | 'end' | undefined): string | null {
  if (period === null) return day;
  if (edge === 'end') return period.lastDay;
  return period.isMonth || edge === 'start' ? period.firstDay : null;
}

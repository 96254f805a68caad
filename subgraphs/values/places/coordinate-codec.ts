import { type ExactDecimal, formatDecimal, parseDecimal } from '../../../adapters/exact-decimal.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor, only } from '../quality.js';
import { halfWidth, unguardedText } from '../texts/cell-text.js';
import { isNullWord, nullWords } from '../texts/null-words.js';
import { CLEAN, type Decoded, type ValueCodec } from '../value-codec.js';
import { readSexagesimal } from './sexagesimal.js';
import type { CoordinateRange, CountyBounds } from './townships.js';

export interface CoordinateOptions {
  readonly axis: 'longitude' | 'latitude';
  /** What the county's rows lie within; null: nobody said, so nothing is outside. */
  readonly bounds: CountyBounds | null;
  /** The cell counts so manyth parts of a degree. */
  readonly perDegree: number;
  readonly nulls: readonly string[];
}

/** One ten-millionth of a degree is a centimetre: more places are noise of the conversion. */
const PLACES = 7;

/**
 * A longitude or latitude in degrees, as text of at most seven decimals; degrees, minutes and seconds are read as well.
 * Where it lies outside the county's bounds but the other coordinate of the row fits, the two were swapped (D19): the other one is taken and marked. Outside
 * both ways it is null: a wrong place on a map is worse than none.
 */
export function coordinateCodec(options: CoordinateOptions): ValueCodec {
  const words = nullWords(options.nulls);
  const { bounds, axis } = options;
  const own = bounds?.[axis] ?? null;
  const other = bounds?.[axis === 'longitude' ? 'latitude' : 'longitude'] ?? null;
  const decode = (cell: SourceValue, beside: string | null): Decoded => {
    const trimmed = unguardedText(cell);
    if (trimmed === null) return NOTHING;
    if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
    const degrees = readDegrees(trimmed, options.perDegree);
    if (degrees === null) return nullFor('COORDINATE_UNREADABLE');
    if (own === null || isWithin(degrees, own)) return { value: degrees, quality: CLEAN };
    const swapped = beside === null ? null : readDegrees(unguardedText(beside) ?? '', options.perDegree);
    if (swapped !== null && other !== null && isWithin(swapped, own) && isWithin(degrees, other)) {
      return { value: swapped, quality: only('COORDINATE_SWAPPED') };
    }
    return nullFor('COORDINATE_OUTSIDE');
  };
  return {
    decode: (cell, beside) => decode(cell, beside ?? null),
    push: () => null,
  };
}

function readDegrees(text: string, perDegree: number): string | null {
  const seconds = readSexagesimal(text);
  if (seconds !== null) return roundedQuotient(seconds, 3600n);
  const value = parseDecimal(halfWidth(text).replace(/°$/, ''));
  return value === null ? null : roundedQuotient(value, BigInt(perDegree));
}

/** Half away from zero, without the zeros at the end. */
function roundedQuotient({ digits, scale }: ExactDecimal, divisor: bigint): string {
  const dividend = digits * 10n ** BigInt(PLACES);
  const by = divisor * 10n ** BigInt(scale);
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + by) / (2n * by);
  const text = formatDecimal({ digits: dividend < 0n ? -rounded : rounded, scale: PLACES });
  return text.replace(/\.?0+$/, '');
}

function isWithin(degrees: string, { from, to }: CoordinateRange): boolean {
  const value = Number(degrees);
  return value >= from && value <= to;
}

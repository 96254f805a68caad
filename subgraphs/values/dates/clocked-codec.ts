import { nullFor } from '../quality.js';
import { trimText } from '../texts/cell-text.js';
import type { ValueCodec } from '../value-codec.js';

/**
 * Dates of a column that several clocks wrote (D9): a word beside the cell says which. A word that nobody explained
 * leaves the time untold, for one that is eight hours wrong looks like any other. Nothing is pushed: the cells of two
 * clocks have no common order.
 *
 * @param zones by word, as it stands in the cell.
 * @param usual the zone of rows without a word.
 * @param make the codec of one zone. @throws {RangeError} on an unknown zone.
 */
export function clockedCodec(
  zones: ReadonlyMap<string, string>,
  usual: string,
  make: (zone: string) => ValueCodec,
): ValueCodec {
  const codecs = new Map<string, ValueCodec>([['', make(usual)]]);
  for (const [word, zone] of zones) codecs.set(word, make(zone));
  return {
    decode: (cell, beside) => {
      const codec = codecs.get(trimText(beside ?? ''));
      return codec === undefined ? nullFor('DATE_UNREADABLE') : codec.decode(cell);
    },
    push: () => null,
  };
}

import type { Inspection, World } from '../world/world.js';
import { type Spellings, spell } from './spell-code.js';
import { itemAt } from './world-lookups.js';

type CodeBook = ReadonlyMap<string, Spellings>;

/** D15: the results of a check in one cell; a code that is in no list as it was typed. */
export function resultCell(
  { results, unknownResult }: Inspection,
  codes: CodeBook,
  separator: string,
  unusual: number | null,
): string {
  return unknownResult ?? results.map((result) => spell(codes, result, unusual)).join(separator);
}

/** D15: what followed a check, in one cell; null for nothing. */
export function disposalCell(
  { disposals }: Inspection,
  codes: CodeBook,
  separator: string,
  unusual: number | null,
): string | null {
  if (disposals.length === 0) return null;
  return disposals.map((disposal) => spell(codes, disposal, unusual)).join(separator);
}

/**
 * Names and certificate numbers, which pair by position (D15).
 *
 * @param isFirstMissing whether the leader's number was not entered: it leaves its place empty.
 */
export function officerCells(
  world: World,
  indexes: readonly number[],
  separator: string,
  isFirstMissing: boolean,
): { readonly names: string; readonly certNos: string } {
  const officers = indexes.map((index) => itemAt(world.officers, index));
  return {
    names: officers.map(({ name }) => name).join(separator),
    certNos: officers
      .map(({ certNo }, place) => (isFirstMissing && place === 0 ? '' : certNo))
      .join(separator),
  };
}

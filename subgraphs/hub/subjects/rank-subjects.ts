import type { SubjectPosition } from '../../feed/registry-port.js';
import { compareDecimals } from '../../values/numbers/decimal.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import type { ClauseOrder } from './read-subject-order.js';
import { cutPage, type SubjectPage, type SubjectWindow } from './read-subject-page.js';
import type { Evidence } from './semi-join.js';
import { NO_ROWS, sumOf } from './tally-subjects.js';

/** A position whose number is at hand: most comparisons need no exact decimals. */
interface Ranked {
  readonly id: string;
  readonly value: string;
  readonly number: number;
}

/** One page of subjects in the order of what a clause found of them; ids decide between equals, in the same direction. */
export function rankSubjects(
  ids: Iterable<string>,
  { clause, sum, direction }: ClauseOrder,
  { tallies }: Evidence,
  { size, backward, cursor }: SubjectWindow,
): SubjectPage {
  const found = tallies.get(clause);
  const rank = ({ id, value }: SubjectPosition): Ranked => {
    const text = value ?? '0';
    return { id, value: text, number: Number(text) };
  };
  const sign = (direction === 'asc') !== backward ? 1 : -1;
  const compare = (left: Ranked, right: Ranked): number => sign * compareRanked(left, right);
  const after = cursor === null ? null : rank(cursor);
  const following: Ranked[] = [];
  for (const id of ids) {
    const tally = found?.get(id) ?? NO_ROWS;
    const ranked = rank({ id, value: sum === null ? String(tally.count) : sumOf(tally, sum) });
    if (after === null || compare(ranked, after) > 0) following.push(ranked);
  }
  const read = following.sort(compare).slice(0, size + 1);
  return cutPage(
    read.map(({ id, value }) => ({ id, value })),
    size,
    backward,
  );
}

function compareRanked(left: Ranked, right: Ranked): number {
  if (left.number !== right.number) return left.number - right.number;
  const byValue = left.value === right.value ? 0 : compareDecimals(left.value, right.value);
  return byValue === 0 ? compareCodePoints(left.id, right.id) : byValue;
}

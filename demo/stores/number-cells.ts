import type { Random } from '../random.js';
import type { PenaltyCase } from '../world/world.js';
import { dirtyDecisionNo, fullWidth } from './dirt/dirt.js';

/** A number as it is copied by hand from another system: wide, in small letters, in groups; always the same number. */
export function copiedNumber(number: string | null, turn: number): string | null {
  if (number === null) return null;
  switch (turn % 5) {
    case 1:
      return fullWidth(number);
    case 2:
      return number.toLowerCase();
    case 3:
      return `${number.slice(0, 4)} ${number.slice(4, 12)} ${number.slice(12)} `;
    default:
      return number;
  }
}

/** A case by its code, or by its decision where there is one, in whatever brackets. */
export function copiedCaseNumber(
  random: Random,
  found: Pick<PenaltyCase, 'caseCode' | 'decisionNo'> | undefined,
  turn: number,
): string | null {
  if (found === undefined) return null;
  const { caseCode, decisionNo } = found;
  return decisionNo !== null && turn % 2 === 0
    ? dirtyDecisionNo(random, decisionNo)
    : copiedNumber(caseCode, turn);
}

import type { Condition } from '../../../adapters/condition.js';

/** Beyond these a number is no amount of anything; keeps NaN and infinities of a source out of every range. */
const GREATEST = '9'.repeat(30);

/** True for the cells of a numeric column that count as numbers. */
export function countsAsNumber(column: string): readonly Condition[] {
  return [
    { kind: 'compare', column, op: 'gte', value: `-${GREATEST}` },
    { kind: 'compare', column, op: 'lte', value: GREATEST },
  ];
}

/** The same for a decoded cell. @param digits plain, without sign or leading zeros. */
export function isBounded(digits: bigint, scale: number): boolean {
  const magnitude = digits < 0n ? -digits : digits;
  return magnitude <= BigInt(GREATEST) * 10n ** BigInt(scale);
}

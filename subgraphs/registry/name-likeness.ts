import { coreOfName } from './name-key.js';

/** Shared by all names of one county or one legal form, hence of little weight. */
const WHOLE_WEIGHT = 0.1;

/** What a name earns that holds the whole of another, before their lengths count. */
const HOLDS = 0.3;

/**
 * How alike two names are, 0 to 1: shared pairs of characters against all pairs, mostly of the parts that
 * tell subjects apart.
 *
 * @param left a name key (`nameKey`)
 * @param right a name key
 */
export function likeness(left: string, right: string): number {
  if (left === right) return 1;
  const leftCore = coreOfName(left);
  const rightCore = coreOfName(right);
  const core = Math.max(dice(leftCore, rightCore), holding(leftCore, rightCore));
  return (1 - WHOLE_WEIGHT) * core + WHOLE_WEIGHT * dice(left, right);
}

function dice(left: string, right: string): number {
  if (left === right) return 1;
  const pairs = new Map<string, number>();
  const leftPairs = pairsOf(left);
  for (const pair of leftPairs) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  let shared = 0;
  const rightPairs = pairsOf(right);
  for (const pair of rightPairs) {
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    shared += 1;
    pairs.set(pair, left - 1);
  }
  const all = leftPairs.length + rightPairs.length;
  return all === 0 ? 0 : (2 * shared) / all;
}

/** A short name within a long one shares few of its pairs, yet people abbreviate so. */
function holding(left: string, right: string): number {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length > 1 && long.includes(short) ? HOLDS + ((1 - HOLDS) * short.length) / long.length : 0;
}

function pairsOf(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

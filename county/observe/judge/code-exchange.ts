/** Rows by value. */
export type ValueCounts = ReadonlyMap<string, number>;

/** Two values that hold each other's usual share. */
export interface CodeExchange {
  readonly values: readonly [string, string];
  /** Of the first and of the second: as usual, and now. */
  readonly usual: readonly [number, number];
  readonly now: readonly [number, number];
}

/** Of fewer rows no share is told. */
export const LEAST_ROWS = 50;
/** Shares that differ less are exchanged by chance. */
const LEAST_APART = 0.25;
/** Standard deviations that a share must be away from its own usual, and may be away from the other's. */
const AWAY = 6;
const NEAR = 4;
/** What days differ by besides chance. */
const ORDINARY = 0.03;
/** What all other values together may have changed by. */
const LEAST_REST = 0.2;

/**
 * Whether two values hold each other's usual share while all others are as usual: then the codes that mean them have most likely
 * exchanged their meanings. Where both are about as frequent it cannot be seen.
 */
export function findExchange(usual: ValueCounts, now: ValueCounts): CodeExchange | null {
  const [usualRows, rows] = [sumOf(usual), sumOf(now)];
  if (usualRows < LEAST_ROWS || rows < LEAST_ROWS) return null;
  const values = [...new Set([...usual.keys(), ...now.keys()])].filter((value) => value !== 'UNKNOWN');
  const wasOf = (value: string): number => (usual.get(value) ?? 0) / usualRows;
  const isOf = (value: string): number => (now.get(value) ?? 0) / rows;
  const chance = (share: number): number => {
    const known = Math.max(share, 1 / usualRows);
    return Math.sqrt(known * (1 - Math.min(known, 0.99)) * (1 / rows + 1 / usualRows));
  };
  for (const [index, first] of values.entries()) {
    for (const second of values.slice(index + 1)) {
      // Both were there before: a value that is new takes nobody's place.
      if (!usual.has(first) || !usual.has(second)) continue;
      const pair = [
        [first, second],
        [second, first],
      ] as const;
      const isAway = pair.every(
        ([one]) => Math.abs(isOf(one) - wasOf(one)) > AWAY * chance(wasOf(one)) + ORDINARY,
      );
      const isThere = pair.every(
        ([one, other]) => Math.abs(isOf(one) - wasOf(other)) <= NEAR * chance(wasOf(other)) + ORDINARY,
      );
      const rest = values
        .filter((value) => value !== first && value !== second)
        .reduce((sum, value) => sum + Math.abs(isOf(value) - wasOf(value)), 0);
      if (Math.abs(wasOf(first) - wasOf(second)) < LEAST_APART || !isAway || !isThere || rest > LEAST_REST)
        continue;
      return {
        values: [first, second],
        usual: [wasOf(first), wasOf(second)],
        now: [isOf(first), isOf(second)],
      };
    }
  }
  return null;
}

export function sumOf(counts: ValueCounts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

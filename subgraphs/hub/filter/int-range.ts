import { badInput } from './bad-input.js';

/** An `IntRange` of the schema. */
export interface IntRange {
  /** Infinity without an end. */
  readonly to: number;
  /** Whether a number lies within it. */
  has(number: number): boolean;
}

/** @throws BAD_USER_INPUT on a range that is empty, negative or without ends. */
export function readIntRange(value: unknown, path: string): IntRange | null {
  if (value === null || value === undefined) return null;
  const { gte, lte } = value as { readonly gte?: number | null; readonly lte?: number | null };
  if (typeof gte !== 'number' && typeof lte !== 'number') {
    throw badInput(path, '至少写 gte 或 lte 之一。', 'must have gte or lte.');
  }
  const [from, to] = [gte ?? 0, lte ?? Number.POSITIVE_INFINITY];
  if (from < 0 || to < from) {
    throw badInput(
      path,
      `应为 0 ≤ gte ≤ lte，实为 ${from} 与 ${to}。`,
      `must have 0 ≤ gte ≤ lte, but has ${from} and ${to}.`,
    );
  }
  return { to, has: (number) => number >= from && number <= to };
}

import type { Within } from './tally-clause.js';

/** One part of a condition. */
export interface Step {
  /** Whether it finds subjects by itself, or only judges those that others found. */
  readonly gives: boolean;
  readonly estimate: () => Promise<number>;
  /** @param within only these may be answered. @returns those of them that satisfy the step. */
  readonly run: (within: Within) => Promise<ReadonlySet<string>>;
}

export interface SizedStep {
  readonly step: Step;
  /** Null: nobody has counted them. */
  readonly rows: number | null;
}

export async function smallestFirst(steps: readonly Step[]): Promise<readonly SizedStep[]> {
  if (steps.length < 2) return steps.map(uncounted);
  const counted = await Promise.all(steps.map(async (step) => ({ step, size: await step.estimate() })));
  return counted
    .sort((left, right) => left.size - right.size)
    .map(({ step, size }) => ({ step, rows: Number.isFinite(size) ? size : null }));
}

export const uncounted = (step: Step): SizedStep => ({ step, rows: null });

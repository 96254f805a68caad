import { createRandom } from '../../adapters/testing/mutations.js';

/** Choices that one seed repeats. */
export class Draw {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  /** From 0 up to, but not with, a number. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** @param share between 0 and 1. */
  chance(share: number): boolean {
    return this.#random() < share;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let index = shuffled.length - 1; index > 0; index -= 1) {
      const other = this.below(index + 1);
      const [left, right] = [shuffled[index], shuffled[other]];
      if (left === undefined || right === undefined) continue;
      shuffled[index] = right;
      shuffled[other] = left;
    }
    return shuffled;
  }
}

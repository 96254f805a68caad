import { createRandom } from './mutations.js';

/** Chooses as a person or a program might; the same seed chooses the same. */
export interface Chooser {
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  /** From 0 up to, but not with, the bound. */
  below(bound: number): number;
  pick<T>(from: readonly T[]): T;
  list<T>(most: number, make: (index: number) => T): readonly T[];
}

export function createChooser(seed: number): Chooser {
  const random = createRandom(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[below(from.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from');
    return chosen;
  };
  return {
    chance: (percent) => random() * 100 < percent,
    below,
    pick,
    list: (most, make) => Array.from({ length: below(most + 1) }, (_, index) => make(index)),
  };
}

/** `PLAUSIBLE_SEED` repeats a run; else every run has the same. */
export const PLAUSIBLE_SEED = Number(process.env.PLAUSIBLE_SEED ?? 20260630);

const WORDS = [
  ...[
    '嵊泗县枸杞海洋贻贝有限公司',
    '𣗋山小店',
    '王 小明',
    'A&B <厨房>',
    'O\'Brien "鱼"',
    '  前后有空  ',
    '一行\n两行',
    '制表\t符',
  ],
  ...[
    '0012',
    '1e3',
    '1,234.50',
    '2026-06-30',
    'null',
    'NULL',
    'true',
    '[1]',
    '{"a":1}',
    '<b>x</b>',
    '&amp;',
    ']]>',
    '\\n',
    '%20',
    '。',
    '',
  ],
];

/** A text as cells hold it, from plain names to what looks like something else. */
export function plausibleText({ pick, chance, below }: Chooser): string {
  return chance(70) ? pick(WORDS) : `第${below(1000)}户`;
}

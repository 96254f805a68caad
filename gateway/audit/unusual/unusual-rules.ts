import type { Level } from '../../../runtime/level.js';

/** What counts as unusual looking. Times and days are the county's. */
export interface UnusualRules {
  /** A user looks at something at night. */
  readonly night: {
    /** Hours, 0–23: from 22 until 6 is from 22:00:00 to 05:59:59. */
    readonly from: number;
    readonly until: number;
    /** The lowest level that counts. */
    readonly level: Level;
    /** Answers of one night from which on it is told. */
    readonly least: number;
  };
  /** One caller gets more answers of level L3 a day than this. */
  readonly volume: { readonly perDay: number };
  /** A user looks at the same subject on several days. */
  readonly follow: {
    /** Different days from which on it is told. */
    readonly days: number;
    /** Between two of them there are at most so many days; a longer pause ends it. */
    readonly within: number;
    /** The lowest level that counts. */
    readonly level: Level;
  };
}

export const USUAL_RULES: UnusualRules = Object.freeze<UnusualRules>({
  night: { from: 22, until: 6, level: 'L2', least: 1 },
  volume: { perDay: 200 },
  follow: { days: 5, within: 30, level: 'L3' },
});

/** A retry costs as much as this many first attempts bring in. */
const PRICE = 10;
/** What quiet times may save up for a bad moment, such as a source that drops all its connections at once. */
const MOST_SAVED = 3 * PRICE;

/** Keeps retries within 10 % of the first attempts, so that they never make a failing source's trouble worse. */
interface RetryBudget {
  /** A first attempt is made. */
  earn(): void;
  /** Whether a retry may be made now; if so it counts. */
  spend(): boolean;
}

/**
 * The first retry is advanced against the first ten attempts, so that a source that is seldom asked has one too; from
 * the tenth attempt on retries never exceed their share.
 */
export function createRetryBudget(): RetryBudget {
  let saved = PRICE;
  let owed = PRICE;
  return {
    earn: () => {
      if (owed > 0) owed--;
      else saved = Math.min(MOST_SAVED, saved + 1);
    },
    spend: () => {
      if (saved < PRICE) return false;
      saved -= PRICE;
      return true;
    },
  };
}

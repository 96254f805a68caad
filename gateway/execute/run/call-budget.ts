/** What a call may use of the time left when other steps of the plan wait for it. */
const SHARE_BEFORE_OTHERS = 0.6;

/**
 * Milliseconds that one call to a subgraph may take, so that the steps that wait for it still get some.
 *
 * @param remainingMs until the request's deadline.
 * @param stepsAfter steps of the plan that wait for this one.
 */
export function callBudgetMs(remainingMs: number, stepsAfter: number): number {
  return Math.floor(stepsAfter === 0 ? remainingMs : remainingMs * SHARE_BEFORE_OTHERS);
}

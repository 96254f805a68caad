/** What a call may use of the time left when other requests of the plan wait for it. */
const SHARE_BEFORE_OTHERS = 0.6;

/**
 * Milliseconds that one call to a subgraph may take, so that the requests that wait for it still get some.
 *
 * @param remainingMs until the request's deadline.
 * @param requestsAfter requests of the plan that wait for this one.
 */
export function callBudgetMs(remainingMs: number, requestsAfter: number): number {
  return Math.floor(requestsAfter === 0 ? remainingMs : remainingMs * SHARE_BEFORE_OTHERS);
}

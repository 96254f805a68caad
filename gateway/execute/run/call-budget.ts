/** Milliseconds that each later request of the plan is left; an equal part where there is less. */
const LEFT_TO_EACH_MS = 1000;

/**
 * Milliseconds that one call to a subgraph may take, so that the requests that wait for it still get their part: an
 * equal one while time is short. Where there is plenty, this call may use the rest: a source that hangs is ended by its
 * own limit, and a slow one may need what its caller waits for.
 *
 * @param remainingMs until the request's deadline.
 * @param requestsAfter requests of the plan that wait for this one, one after the other.
 */
export function callBudgetMs(remainingMs: number, requestsAfter: number): number {
  const equalPart = remainingMs / (requestsAfter + 1);
  return Math.floor(remainingMs - requestsAfter * Math.min(equalPart, LEFT_TO_EACH_MS));
}

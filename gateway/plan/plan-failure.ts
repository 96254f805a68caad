/** An operation that gets no plan. The message is for the log. */
export class PlanFailure extends Error {
  override readonly name = 'PlanFailure';
  /**
   * `too-complex`: it took more time or memory than one operation may; `busy`: it never had its turn in time; `unplannable`:
   * the planner failed on it, and will again; `failed`: there is no planner.
   */
  readonly kind: 'too-complex' | 'busy' | 'unplannable' | 'failed';

  constructor(kind: PlanFailure['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

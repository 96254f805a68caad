import type { CallContext } from '../../../runtime/call/call-context.js';
import { OpenCall } from '../../../runtime/call/open-call.js';
import { publicError } from '../../../runtime/errors.js';
import type { SubgraphPort, SubgraphRequest, SubgraphResult } from '../../../subgraphs/port/subgraph-port.js';

/** A subgraph is told a little less than there is, so that one that answers at its deadline is still heard. */
const GRACE_MS = 50;

/**
 * One call to a subgraph, which answers within its budget, whatever the subgraph does: a port that does not listen is
 * left behind.
 */
export class BoundedCall extends OpenCall {
  readonly #settle: (result: SubgraphResult) => void;

  /** @param settle called once. */
  constructor(context: CallContext, budgetMs: number, settle: (result: SubgraphResult) => void) {
    super(context, budgetMs, Date.now() + Math.max(1, budgetMs - GRACE_MS));
    this.#settle = settle;
    if (context.stalled !== undefined) this.onStalled(() => context.stalled?.());
  }

  /** Asks the subgraph. */
  start(port: SubgraphPort, request: SubgraphRequest): void {
    port.execute(request, this).then(
      (result) => this.#take(result),
      (error: unknown) => this.#take({ errors: [internalError(error)] }),
    );
  }

  override leave(): void {
    if (this.isOver) return;
    super.leave();
    this.#settle({ errors: [publicError('SUBGRAPH_TIMEOUT')] });
  }

  #take(result: SubgraphResult): void {
    if (this.isOver) return;
    this.end();
    this.#settle(result);
  }
}

function internalError(error: unknown): ReturnType<typeof publicError> {
  return publicError('INTERNAL', undefined, error instanceof Error ? { originalError: error } : {});
}

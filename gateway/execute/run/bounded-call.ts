import { setMaxListeners } from 'node:events';
import type { CallContext } from '../../../subgraphs/call-context.js';
import { publicError } from '../../../subgraphs/errors.js';
import type { SubgraphPort, SubgraphRequest, SubgraphResult } from '../../../subgraphs/subgraph-port.js';

/** A subgraph is told a little less than there is, so that one that answers at its deadline is still heard. */
const GRACE_MS = 50;

/**
 * One call to a subgraph, which answers within its budget, whatever the subgraph does: a port that does not listen is
 * left behind. It is the context of the call at the same time; its signal is made when somebody asks for it.
 */
export class BoundedCall implements CallContext {
  readonly requestId: string;
  readonly today: string;
  readonly caller?: string;
  readonly deadline: number;
  readonly #timer: NodeJS.Timeout;
  readonly #settle: (result: SubgraphResult) => void;
  #listeners: (() => void)[] = [];
  #abort: AbortController | null = null;
  #isOver = false;

  /** @param settle called once. */
  constructor(context: CallContext, budgetMs: number, settle: (result: SubgraphResult) => void) {
    this.requestId = context.requestId;
    this.today = context.today;
    if (context.caller !== undefined) this.caller = context.caller;
    this.deadline = Date.now() + Math.max(1, budgetMs - GRACE_MS);
    this.#settle = settle;
    this.#timer = setTimeout(() => this.leave(), budgetMs);
  }

  get signal(): AbortSignal {
    if (this.#abort === null) {
      this.#abort = new AbortController();
      // Every source below a subgraph listens; without this Node takes the eleventh for a leak.
      setMaxListeners(0, this.#abort.signal);
      if (this.#isOver) this.#abort.abort();
    }
    return this.#abort.signal;
  }

  onOver(listener: () => void): () => void {
    if (this.#isOver) listener();
    else this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }

  /** Asks the subgraph. */
  start(port: SubgraphPort, request: SubgraphRequest): void {
    port.execute(request, this).then(
      (result) => this.#end(result),
      (error: unknown) => this.#end({ errors: [internalError(error)] }),
    );
  }

  /** Gives the call up: nobody waits any more. */
  leave(): void {
    if (this.#isOver) return;
    const listeners = this.#listeners;
    this.#end({ errors: [publicError('SUBGRAPH_TIMEOUT')] });
    this.#abort?.abort();
    for (const listener of listeners) listener();
  }

  #end(result: SubgraphResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listeners = [];
    clearTimeout(this.#timer);
    this.#settle(result);
  }
}

function internalError(error: unknown): ReturnType<typeof publicError> {
  return publicError('INTERNAL', undefined, error instanceof Error ? { originalError: error } : {});
}

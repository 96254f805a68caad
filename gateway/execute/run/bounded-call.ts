import type { ExecutionResult } from 'graphql';
import { sharedSignal } from '../../../runtime/shared-signal.js';
import type { CallContext } from '../../../subgraphs/call-context.js';
import { publicError } from '../../../subgraphs/errors.js';
import type { SubgraphPort, SubgraphRequest } from '../../../subgraphs/subgraph-port.js';

/** A subgraph is told a little less than there is, so that one that answers at its deadline is still heard. */
const GRACE_MS = 50;

/**
 * Calls a subgraph and answers within `budgetMs`, whatever the subgraph does: a port that does not listen to
 * its signal is left behind.
 */
export async function callWithin(
  port: SubgraphPort,
  request: SubgraphRequest,
  context: CallContext,
  budgetMs: number,
): Promise<ExecutionResult> {
  if (budgetMs <= 0 || context.signal.aborted) return failed('SUBGRAPH_TIMEOUT');
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let leave: () => void = () => undefined;
  const late = new Promise<ExecutionResult>((resolve) => {
    leave = () => {
      leaving.abort();
      resolve(failed('SUBGRAPH_TIMEOUT'));
    };
    timer = setTimeout(leave, budgetMs);
    context.signal.addEventListener('abort', leave, { once: true });
  });
  try {
    const bounded = {
      ...context,
      signal: sharedSignal(leaving.signal),
      deadline: Date.now() + Math.max(1, budgetMs - GRACE_MS),
    };
    return await Promise.race([port.execute(request, bounded), late]);
  } catch (error) {
    const cause = error instanceof Error ? { originalError: error } : {};
    return { errors: [publicError('INTERNAL', undefined, cause)] };
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', leave);
  }
}

function failed(code: 'SUBGRAPH_TIMEOUT'): ExecutionResult {
  return { errors: [publicError(code)] };
}

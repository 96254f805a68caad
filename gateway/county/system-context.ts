import type { Clock } from '../../runtime/clock.js';
import { sharedSignal } from '../../runtime/shared-signal.js';
import type { CallContext } from '../../subgraphs/call-context.js';

/** The context of work that no caller asked for: freshness, checks, building an index. */
export function systemContext(clock: Clock, purpose: string, budgetMs: number): CallContext {
  return {
    requestId: `system-${purpose}`,
    signal: sharedSignal(AbortSignal.timeout(budgetMs)),
    deadline: Date.now() + budgetMs,
    today: clock.today(),
  };
}

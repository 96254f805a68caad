import type { CallContext } from '../runtime/call/call-context.js';
import { ANONYMOUS } from '../runtime/call/caller.js';
import { sharedSignal } from '../runtime/call/shared-signal.js';
import type { Clock } from '../runtime/clock.js';

/** The context of work that no caller asked for: freshness, checks, building an index. */
export function systemContext(clock: Clock, purpose: string, budgetMs: number): CallContext {
  return {
    requestId: `system-${purpose}`,
    caller: ANONYMOUS,
    signal: sharedSignal(AbortSignal.timeout(budgetMs)),
    deadline: Date.now() + budgetMs,
    today: clock.today(),
  };
}

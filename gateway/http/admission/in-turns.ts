import type { Executor } from '../../execute/executor.js';
import type { Admission } from './admission.js';

/** The same executor for exports: each page waits until there is room for it, after all requests that somebody waits for. */
export function inTurns(executor: Executor, admission: Admission): Executor {
  return {
    ...executor,
    execute: async (request, context, asking) => {
      const entered = admission.enter({ kind: 'export', key: context.caller.name });
      const leave = entered === null || typeof entered === 'function' ? entered : await entered.turn;
      try {
        return await executor.execute(request, context, asking);
      } finally {
        leave?.();
      }
    },
  };
}

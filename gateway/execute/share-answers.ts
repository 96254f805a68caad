import { OperationTypeNode } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { callerKey } from '../../runtime/call/caller.js';
import { createSharedCalls } from '../../runtime/call/shared-calls.js';
import { WaiterLeft } from '../../runtime/call/waiter.js';
import { publicError } from '../../runtime/errors.js';
import { stringifyExact } from '../../runtime/json/exact-json.js';
import { operationNamed } from '../plan/document-parts.js';
import type { Answer, Executor, OperationRequest } from './executor.js';

/**
 * The same executor, but identical queries of one caller that run at the same time are carried out once: what a
 * dashboard on many screens asks. Answers are shared, never kept.
 */
export function shareAnswers(executor: Executor): Executor {
  const running = createSharedCalls<Answer>();
  return {
    ...executor,
    execute: async (request, context) => {
      const key = isQuery(request) ? keyOf(request, context) : null;
      if (key === null) return executor.execute(request, context);
      try {
        return await running.join(key, context, (waiting) =>
          executor.execute(request, { ...context, ...waiting }),
        );
      } catch (error) {
        if (!(error instanceof WaiterLeft)) throw error;
        const { requestId } = context;
        const timeout = publicError('REQUEST_TIMEOUT', undefined, { extensions: { requestId } });
        return { kind: 'executed', data: 'null', errors: [timeout], coverage: null };
      }
    },
  };
}

function isQuery({ document, operationName }: OperationRequest): boolean {
  return operationNamed(document, operationName)?.operation === OperationTypeNode.QUERY;
}

/** Whatever may change the answer, the caller first; null for variables that are nested too deep to be compared. */
function keyOf(request: OperationRequest, { caller, today }: CallContext): string | null {
  const { documentId, operationName = '', variables } = request;
  try {
    return String(stringifyExact([callerKey(caller), today, documentId, operationName, variables]));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

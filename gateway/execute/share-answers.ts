import { OperationTypeNode } from 'graphql';
import { createSharedCalls } from '../../runtime/call/shared-calls.js';
import { WaiterLeft } from '../../runtime/call/waiter.js';
import { publicError } from '../../runtime/errors.js';
import { operationNamed } from '../plan/document-parts.js';
import { answerKey } from './answer-key.js';
import type { Answer, Executor, OperationRequest } from './executor.js';

/**
 * The same executor, but identical queries of one caller that run at the same time are carried out once: what a
 * dashboard on many screens asks. Answers are shared, never kept.
 */
export function shareAnswers(executor: Executor): Executor {
  const running = createSharedCalls<Answer>();
  return {
    ...executor,
    execute: async (request, context, asking) => {
      const key = isQuery(request) ? answerKey(request, context, asking?.rules) : null;
      if (key === null) return executor.execute(request, context, asking);
      try {
        let isOwn = false;
        const answer = await running.join(key, context, (waiting) => {
          isOwn = true;
          return executor.execute(request, { ...context, ...waiting }, asking);
        });
        if (!isOwn && context.trail !== undefined) context.trail.origin = 'SHARED';
        return answer;
      } catch (error) {
        if (!(error instanceof WaiterLeft)) throw error;
        const { requestId } = context;
        const timeout = publicError('REQUEST_TIMEOUT', undefined, { extensions: { requestId } });
        return { kind: 'executed', data: 'null', errors: [timeout], coverage: null, isTold: false };
      }
    },
  };
}

function isQuery({ document, operationName }: OperationRequest): boolean {
  return operationNamed(document, operationName)?.operation === OperationTypeNode.QUERY;
}

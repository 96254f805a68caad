import type { CallContext } from '../../runtime/call/call-context.js';
import type { Executor, OperationRequest } from './executor.js';

/** The same executor, which notes of each answer what `request(id:)` tells of it. */
export function noteAnswers(executor: Executor): Executor {
  return {
    ...executor,
    execute: async (request, context, asking) => {
      const answer = await executor.execute(request, context, asking);
      const { trail } = context;
      if (trail === undefined) return answer;
      // Nothing that holds the answer's data is kept.
      const { looked, coverage } = answer.kind === 'executed' ? answer : NOTHING;
      trail.answer = {
        documentHash: request.documentId,
        level: looked?.level ?? null,
        masks: looked?.masks ?? [],
        coverage: coverage?.interfaces ?? [],
      };
      return answer;
    },
  };
}

const NOTHING = { looked: undefined, coverage: null };

/** Notes that a caller was told that nothing has changed. */
export function noteKept(
  { trail }: Pick<CallContext, 'trail'>,
  { documentId }: Pick<OperationRequest, 'documentId'>,
): void {
  if (trail === undefined) return;
  trail.origin = 'KEPT';
  trail.answer = { documentHash: documentId, level: null, masks: [], coverage: [] };
}

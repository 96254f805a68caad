import { parse } from 'graphql';
import { documentIdOf } from '../../gateway/execute/document-id.js';
import type { Executor } from '../../gateway/execute/executor.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import type { GeneratedOperation } from '../monolith/generate/generate-operation.js';

/** Everything that a caller, and the audit, can see of an answer, as a text. */
export async function seenAnswer(
  executor: Executor,
  { query, variables, operationName }: GeneratedOperation,
): Promise<string> {
  const answer = await executor.execute(
    { document: parse(query), documentId: documentIdOf(query), operationName, variables },
    {
      requestId: 'r',
      caller: ANONYMOUS,
      signal: new AbortController().signal,
      deadline: Date.now() + 20_000,
      today: '2026-06-30',
    },
  );
  if (answer.kind === 'refused') return JSON.stringify(answer);
  const { data, errors, coverage, isTold, looked } = answer;
  const touched = looked?.touched();
  const seen = {
    errors,
    coverage,
    isTold,
    types: [...(touched?.types ?? [])].sort(),
    subjects: [...(touched?.subjects ?? [])].sort(),
  };
  // The order of members counts, and so does a zero's sign.
  const text = JSON.stringify(JSON.parse(String(data)), (_, value) =>
    Object.is(value, -0) ? 'minus zero' : value,
  );
  return `${text}\n${JSON.stringify(seen)}`;
}

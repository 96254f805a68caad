import { type ExecutionResult, parse, validate } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { documentIdOf } from '../execute/document-id.js';
import type { Asking, Executor } from '../execute/executor.js';

export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** Milliseconds. Default 2000. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Default 2026-06-30. */
  readonly today?: string;
  /** Absent: somebody unknown. */
  readonly asking?: Asking;
}

/** Asks an executor as a caller would, and reads the answer as a caller would: from its JSON text. */
export async function askExecutor(executor: Executor, question: Question): Promise<ExecutionResult> {
  const {
    query,
    variables = {},
    operationName,
    budgetMs = 2000,
    signal,
    today = '2026-06-30',
    asking,
  } = question;
  const document = parse(query);
  const mistakes = validate(executor.apiSchema, document);
  if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join('\n'));
  const context: CallContext = {
    requestId: 'req-1',
    caller: ANONYMOUS,
    signal: signal ?? new AbortController().signal,
    deadline: Date.now() + budgetMs,
    today,
  };
  const answer = await executor.execute(
    { document, documentId: documentIdOf(query), operationName, variables },
    context,
    asking,
  );
  const errors = answer.errors.length > 0 ? { errors: JSON.parse(JSON.stringify(answer.errors)) } : {};
  return answer.kind === 'refused' ? errors : { ...errors, data: JSON.parse(String(answer.data)) };
}

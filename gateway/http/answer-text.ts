import type { GraphQLFormattedError } from 'graphql';
import type { ExecutedAnswer } from '../execute/executor.js';

/** JSON text that Apollo Server carries through to the answer as it stands. */
export class DataText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Members of an answer, in the order in which they are written. */
export interface FormattedAnswer {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** The body of an answer whose data may be a text already. */
export function stringifyAnswer({ errors, data, extensions }: FormattedAnswer): string {
  if (!(data instanceof DataText)) return JSON.stringify({ errors, data, extensions });
  return bodyOf(errors ?? [], data.text, extensions);
}

/** The body of an executed operation's answer. */
export function answerBody(answer: ExecutedAnswer): string {
  return bodyOf(answer.errors, answer.data, extensionsOf(answer));
}

/** What an answer says of itself; undefined when that is nothing. */
export function extensionsOf({
  coverage,
  omittedErrors,
}: Pick<ExecutedAnswer, 'coverage' | 'omittedErrors'>): Readonly<Record<string, unknown>> | undefined {
  if (omittedErrors === undefined) return coverage === null ? undefined : { coverage };
  return { ...(coverage !== null && { coverage }), omittedErrors };
}

function bodyOf(errors: readonly unknown[], data: string, extensions: unknown): string {
  const before = errors.length === 0 ? '' : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return `{${before}"data":${data}${after}}`;
}

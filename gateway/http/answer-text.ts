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

/** The body of an executed operation's answer. It may be what a subgraph sent: nobody changes it. */
export function answerBody(answer: ExecutedAnswer): Buffer {
  const { errors, data } = answer;
  const extensions = extensionsOf(answer);
  if (typeof data === 'string') return Buffer.from(bodyOf(errors, data, extensions));
  if (data.body !== null && errors.length === 0 && extensions === undefined) return data.body;
  return Buffer.concat([Buffer.from(beforeData(errors)), data.bytes, Buffer.from(afterData(extensions))]);
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
  return beforeData(errors) + data + afterData(extensions);
}

function beforeData(errors: readonly unknown[]): string {
  return errors.length === 0 ? '{"data":' : `{"errors":${JSON.stringify(errors)},"data":`;
}

function afterData(extensions: unknown): string {
  return extensions === undefined ? '}' : `,"extensions":${JSON.stringify(extensions)}}`;
}

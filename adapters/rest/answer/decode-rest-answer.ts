import { type SourceError, SourceMalformed, SourceRejected } from '../../source-error.js';
import { type AnswerCharset, charsetOf, decodeText } from '../../web/answer/decode-text.js';
import { decodeJson, type JsonTree } from '../../web/answer/json-tree.js';
import { openParts } from '../../web/answer/multipart.js';
import { type AnswerShape, NO_ROWS, type ReadOutcome, readAnswer } from '../../web/answer/read-answer.js';
import { failureOfStatus } from '../../web/answer/status-failure.js';
import type { HttpAnswer } from '../../web/exchange.js';
import { createJsonAnswer, leafAt } from './json-answer.js';
import { resolveJsonReferences } from './resolve-json-references.js';

const CLOCK = /clock skew/i;

/** How the answers of one endpoint are built. */
export interface RestShape extends AnswerShape {
  /** Columns that the mapping names. */
  readonly wanted: ReadonlySet<string>;
  /** What answers are in, whatever they state. */
  readonly charset?: AnswerCharset;
}

/**
 * @throws {SourceUnavailable} on a status from 500 on, 429 and 408.
 * @throws {SourceRejected} on the others from 400 on, unless the body's code says that there is no such row.
 * @throws {SourceMalformed} on what is no JSON of the agreed shape.
 */
export function decodeRestAnswer(answer: HttpAnswer, shape: RestShape): ReadOutcome {
  const { status } = answer;
  if (status === 204) return { kind: 'rows', answer: NO_ROWS };
  const read = (body: JsonTree) => readAnswer(createJsonAnswer(body, shape.wanted, shape.action), shape);
  if (status < 300) return read(decodeBody(answer, shape.action, shape.charset));
  const { outcome } = shape.definition;
  if (status < 500 && outcome !== undefined && outcome.none.length > 0) {
    const body = peekBody(answer, shape.action);
    const code = body === null ? null : leafAt(body, outcome.path, shape.action);
    if (code !== null && outcome.none.includes(code)) return read(body);
  }
  throw refuseStatus(answer, shape.action);
}

/** @throws {SourceMalformed} */
export function decodeBody(
  { headers, bytes }: HttpAnswer,
  action: string,
  charset?: AnswerCharset,
): JsonTree {
  if (bytes.length === 0) {
    throw new SourceMalformed(`Cannot ${action}: the answer must be JSON, but is empty`);
  }
  const { root } = openParts(headers.get('content-type') ?? '', bytes, action);
  const text = decodeText(root.bytes, charset ?? charsetOf(root.contentType), action);
  return resolveJsonReferences(decodeJson(text, action), action);
}

/** An HTTP status as a failure, with what the body says about it, for the log. */
export function refuseStatus(answer: HttpAnswer, action: string): SourceError {
  const { status } = answer;
  const told = messageOf(answer, action);
  const sentence = `Cannot ${action}: the source answered with status ${status}${told === '' ? '' : ` and ${JSON.stringify(told)}`}`;
  // Our clock is wrong, not our key.
  const Failure = CLOCK.test(told) ? SourceRejected : failureOfStatus(status);
  return new Failure(sentence);
}

/** `message`, `msg` or `error` of a JSON body; empty when there is none. */
export function messageOf(answer: HttpAnswer, action: string): string {
  const body = peekBody(answer, action);
  if (body === null) return '';
  const told = ['message', 'msg', 'error'].map((name) => leafAt(body, name, action)).find(Boolean);
  return told?.slice(0, 200) ?? '';
}

function peekBody(answer: HttpAnswer, action: string): JsonTree {
  try {
    return decodeBody(answer, action);
  } catch (error) {
    if (error instanceof SourceMalformed) return null;
    throw error;
  }
}

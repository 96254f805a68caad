import { GraphQLError } from 'graphql';
import { isErrorCode } from '../../runtime/errors.js';
import { hasDoubtfulNumbers, parseExact } from '../../runtime/json/exact-json.js';
import type { ExactRequest, ExactResult } from '../execute/exact-port.js';
import { isAwayStatus, isProxyStatus, refuseByStatus } from './answer-head.js';
import type { PostAnswer } from './exchange.js';

type Members = Readonly<Record<string, unknown>>;

/** What a request says of how its answer is read. */
type Reading = Pick<ExactRequest, 'mayLoseDigits' | 'carry'>;

/**
 * @param mayLoseDigits whether data as `JSON.parse` gives them have numbers whose digits may not be those of the text;
 *   without it, they may.
 * @throws {TransportFailure} when the text is no GraphQL answer.
 */
export function decodeAnswer(
  answer: PostAnswer,
  { mayLoseDigits = () => true, carry }: Reading = {},
): ExactResult {
  const read = carry?.(answer) ?? null;
  if (read !== null) {
    const { extensions } = read;
    const asObjects = (): ExactResult => decodeAnswer(answer, { mayLoseDigits });
    return { carried: { read, asObjects }, ...(isObject(extensions) && { extensions }) };
  }
  const { head, text } = answer;
  const whole = parseAnswer(answer, JSON.parse);
  if (!isObject(whole) || !('data' in whole || 'errors' in whole)) {
    throw refuseByStatus(head, 'JSON that has neither data nor errors');
  }
  const { data = null } = whole;
  if (data !== null && !isObject(data)) throw refuseByStatus(head, 'data must be an object or null');
  const entries = entriesOf(whole.errors);
  if (data === null && isAway(head.status, entries)) throw refuseByStatus(head, 'errors and no data');
  if (data === null && entries.length === 0) throw refuseByStatus(head, 'there are neither data nor errors');
  const isExact = data !== null && mayLoseDigits(data) && hasDoubtfulNumbers(text);
  return {
    data: isExact ? (parseAnswer(answer, parseExact) as { readonly data: Members }).data : data,
    ...(entries.length > 0 && { errors: entries.map(decodeError) }),
    isUnescaped: !text.includes('\\'),
    ...(isExact && { hasExactNumbers: true }),
    ...(isObject(whole.extensions) && { extensions: whole.extensions }),
  };
}

function parseAnswer({ head, text }: PostAnswer, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw refuseByStatus(head, 'the answer is not JSON, or nested too deep', error);
  }
}

/** `errors` should be a list; whatever else a subgraph gives counts as one error. */
function entriesOf(errors: unknown): readonly unknown[] {
  if (errors === undefined || errors === null) return [];
  return Array.isArray(errors) ? errors : [errors];
}

/** Whether an answer without data is that of a subgraph which is away, or of what stands in front of it. */
function isAway(status: number, entries: readonly unknown[]): boolean {
  if (!isAwayStatus(status)) return false;
  if (isProxyStatus(status)) return !entries.some(hasCode);
  return !entries.some((entry) => isObject(entry) && typeof entry.message === 'string');
}

/** Whether it is an error that one of our own subgraphs worded. */
function hasCode(entry: unknown): boolean {
  return isObject(entry) && isObject(entry.extensions) && isErrorCode(entry.extensions.code);
}

/** One entry that is not as the specification has it must not cost the data: it counts as an error without a text. */
function decodeError(entry: unknown): GraphQLError {
  const { message, path, extensions } = isObject(entry) ? entry : {};
  const text = typeof message === 'string' ? message : 'an error without a message';
  const decoded = decodePath(path);
  return new GraphQLError(text, {
    ...(decoded !== null && { path: decoded }),
    ...(isObject(extensions) && { extensions }),
  });
}

/** Some servers (mercurius) write indexes as texts; no field's name starts with a digit. */
function decodePath(path: unknown): (string | number)[] | null {
  if (!Array.isArray(path)) return null;
  const parts: (string | number)[] = [];
  for (const part of path) {
    if (typeof part !== 'string' && typeof part !== 'number') return null;
    parts.push(typeof part === 'string' && /^\d+$/.test(part) ? Number(part) : part);
  }
  return parts;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { GraphQLError } from 'graphql';
import type { SubgraphResult } from '../../subgraphs/port/subgraph-port.js';
import type { PostAnswer } from './exchange.js';
import { TransportFailure } from './transport-failure.js';

type Members = Readonly<Record<string, unknown>>;

/** @throws {TransportFailure} when the text is no GraphQL answer. */
export function decodeAnswer({ status, text }: PostAnswer): SubgraphResult {
  const answer = parseJson(text);
  if (!isObject(answer) || !('data' in answer || 'errors' in answer)) {
    const code = status >= 500 ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_MALFORMED';
    throw new TransportFailure(code, `answered ${status} with JSON that has neither data nor errors`);
  }
  const { data = null, errors = [], extensions } = answer;
  if (data !== null && !isObject(data)) throw malformed('data must be an object or null');
  if (errors !== null && !Array.isArray(errors)) throw malformed('errors must be a list');
  const decoded = (errors ?? []).map(decodeError);
  if (data === null && decoded.length === 0) throw malformed('there are neither data nor errors');
  const isUnescaped = !text.includes('\\');
  return {
    data,
    isUnescaped,
    ...(decoded.length > 0 && { errors: decoded }),
    ...(isObject(extensions) && { extensions }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TransportFailure('SUBGRAPH_MALFORMED', 'the answer is not JSON', { cause: error });
  }
}

function decodeError(error: unknown): GraphQLError {
  if (!isObject(error) || typeof error.message !== 'string') throw malformed('an error must have a message');
  const { message, extensions } = error;
  const path = decodePath(error.path);
  return new GraphQLError(message, {
    ...(path !== null && { path }),
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

function malformed(reason: string): TransportFailure {
  return new TransportFailure('SUBGRAPH_MALFORMED', `not a GraphQL answer: ${reason}`);
}

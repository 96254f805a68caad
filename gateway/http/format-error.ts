import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { isErrorCode, publicError } from '../../runtime/errors.js';

/** Codes with which Apollo Server refuses a request; their texts speak of the request alone. */
const REFUSALS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

export function isRefusal(code: unknown): boolean {
  return typeof code === 'string' && REFUSALS.has(code);
}

/** The last look at an error before it leaves: whatever is not known to be public is masked. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.code;
  if (isErrorCode(code) || (typeof code === 'string' && REFUSALS.has(code))) return formatted;
  const { message, extensions } = publicError('INTERNAL', undefined, { originalError: asError(error) });
  return { message, ...(formatted.path !== undefined && { path: formatted.path }), extensions };
}

function asError(error: unknown): Error {
  const inner = unwrapResolverError(error);
  return inner instanceof Error ? inner : new Error(String(inner));
}

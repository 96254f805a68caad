import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { briefText } from '../../../runtime/brief-text.js';
import {
  isErrorCode,
  isRefusalCode,
  publicError,
  REFUSAL_CATALOGUE,
  type RefusalCode,
} from '../../../runtime/errors.js';

/** Characters. Texts of refusals show what was sent, which may be a megabyte. */
const MAX_MESSAGE = 1000;

export function isRefusal(code: unknown): boolean {
  return isRefusalCode(code) || code === 'BAD_USER_INPUT';
}

/** The last look at an error before it leaves: whatever is not known to be public is masked. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.code;
  if (isErrorCode(code)) return { ...formatted, message: briefText(formatted.message, MAX_MESSAGE) };
  if (isRefusalCode(code)) return formatRefusal(formatted, codeOfRefusal(code, error));
  const { message, extensions } = publicError('INTERNAL', undefined, { originalError: asError(error) });
  return { message, ...(formatted.path !== undefined && { path: formatted.path }), extensions };
}

function formatRefusal(formatted: GraphQLFormattedError, code: RefusalCode): GraphQLFormattedError {
  return {
    ...formatted,
    message: briefText(formatted.message, MAX_MESSAGE),
    extensions: { ...formatted.extensions, code, retryable: REFUSAL_CATALOGUE[code].retryable },
  };
}

/** Apollo Server has one code for all that is wrong with a request's head. */
function codeOfRefusal(code: RefusalCode, error: unknown): RefusalCode {
  const http = error instanceof GraphQLError ? error.extensions.http : undefined;
  const status = typeof http === 'object' && http !== null && 'status' in http ? http.status : undefined;
  return code === 'BAD_REQUEST' && status === 406 ? 'NOT_ACCEPTABLE' : code;
}

function asError(error: unknown): Error {
  const inner = unwrapResolverError(error);
  return inner instanceof Error ? inner : new Error(String(inner));
}

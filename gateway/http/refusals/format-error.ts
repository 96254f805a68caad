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

export function isRefusal(code: unknown): boolean {
  return isRefusalCode(code) || code === 'BAD_USER_INPUT';
}

/**
 * The last look at an error before it leaves: whatever is not known to be public is masked.
 *
 * @param maxLength characters of a text, which may show what was sent.
 */
export function formatErrors(
  maxLength: number,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const code = formatted.extensions?.code;
    const brief = { ...formatted, message: briefText(formatted.message, maxLength) };
    if (isErrorCode(code)) return brief;
    if (isRefusalCode(code)) return formatRefusal(brief, codeOfRefusal(code, error));
    const { message, extensions } = publicError('INTERNAL', undefined, { originalError: asError(error) });
    return { message, ...(formatted.path !== undefined && { path: formatted.path }), extensions };
  };
}

function formatRefusal(formatted: GraphQLFormattedError, code: RefusalCode): GraphQLFormattedError {
  return {
    ...formatted,
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

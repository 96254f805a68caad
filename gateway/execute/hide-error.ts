import type { GraphQLError } from 'graphql';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { type ErrorPlace, toPublicError } from './public-error.js';

/** Tells the observer of an error, and returns what the caller may read of it. */
export function hideError(
  observer: Pick<GatewayObserver, 'hiddenError'>,
  error: unknown,
  place: ErrorPlace,
): GraphQLError {
  const shown = toPublicError(error, place);
  const { requestId, subgraph } = place;
  observer.hiddenError({ requestId, subgraph, code: String(shown.extensions.code), error });
  return shown;
}

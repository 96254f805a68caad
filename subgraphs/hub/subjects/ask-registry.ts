import { GraphQLError } from 'graphql';
import { publicError } from '../../../runtime/errors.js';

/** Who is who cannot be guessed: without the registry there is no answer about subjects. */
export function registryFailed(cause?: unknown): GraphQLError {
  return publicError(
    'SUBGRAPH_UNAVAILABLE',
    '主体登记子图（registry）。The registry of subjects.',
    cause instanceof Error ? { originalError: cause } : {},
  );
}

/** @throws SUBGRAPH_UNAVAILABLE for whatever the registry fails with that is not for the caller's eyes. */
export async function askRegistry<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof GraphQLError ? error : registryFailed(error);
  }
}

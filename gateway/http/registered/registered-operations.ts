import { createPersistedQueries, type PersistedQueries } from './persisted-queries.js';
import type { RegisteredOperation } from './read-operations.js';

/** Operations that callers name instead of sending them. */
export interface RegisteredOperations {
  readonly all: readonly RegisteredOperation[];
  /** @param id the name, or the SHA-256 of the text, `sha256:` before it or not. */
  find(id: string): RegisteredOperation | null;
  /** Null: callers cannot add any. */
  readonly persisted: PersistedQueries | null;
}

/** @param keepsQueries whether callers may name by its hash what they have sent before. */
export function createRegisteredOperations(
  all: readonly RegisteredOperation[],
  keepsQueries: boolean,
): RegisteredOperations {
  const byId = new Map<string, RegisteredOperation>();
  for (const operation of all) {
    byId.set(operation.hash, operation);
    byId.set(`sha256:${operation.hash}`, operation);
  }
  // A name counts before a hash that it happens to be.
  for (const operation of all) byId.set(operation.name, operation);
  return {
    all,
    find: (id) => byId.get(id) ?? null,
    persisted: keepsQueries ? createPersistedQueries() : null,
  };
}

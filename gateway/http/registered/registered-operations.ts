import type { RegisteredOperation } from './read-operations.js';

/** Operations that callers name instead of sending them. */
export interface RegisteredOperations {
  readonly all: readonly RegisteredOperation[];
  /** @param id the name, or the SHA-256 of the text, `sha256:` before it or not. */
  find(id: string): RegisteredOperation | null;
}

export function createRegisteredOperations(all: readonly RegisteredOperation[]): RegisteredOperations {
  const byId = new Map<string, RegisteredOperation>();
  for (const operation of all) {
    byId.set(operation.hash, operation);
    byId.set(`sha256:${operation.hash}`, operation);
  }
  // A name counts before a hash that it happens to be.
  for (const operation of all) byId.set(operation.name, operation);
  return { all, find: (id) => byId.get(id) ?? null };
}

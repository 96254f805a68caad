import { hash } from 'node:crypto';

/** The id of a document that a caller sends: what Apollo Server calls its `queryHash`. SHA-256, hexadecimal. */
export function documentIdOf(query: string): string {
  return hash('sha256', query);
}

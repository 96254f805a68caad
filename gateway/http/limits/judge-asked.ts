import type { GraphQLError } from 'graphql';
import type { DocumentStore } from '../document-store.js';
import { type DocumentLimits, judgeText } from './judge-document.js';

/** Whether what a request's body asks for is beyond a limit. A body that is not as it must be is left to Apollo Server. */
export function judgeAsked(
  body: unknown,
  documents: DocumentStore,
  limits: DocumentLimits,
): GraphQLError | null {
  if (typeof body !== 'object' || body === null) return null;
  const { query, operationName, variables } = body as Readonly<Record<string, unknown>>;
  if (typeof query !== 'string') return null;
  const name = typeof operationName === 'string' && operationName !== '' ? operationName : undefined;
  const known = documents.find(query);
  if (known === undefined) return judgeText({ query, operationName: name, variables }, limits);
  const operation = known.operationOf(name);
  return operation === null ? null : known.refuse(operation, variables);
}

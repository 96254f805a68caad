import type { DocumentStore } from '../document-store.js';
import { type DocumentLimits, type JudgedText, judgeText } from './judge-document.js';

const UNREADABLE: JudgedText = { refused: null, operation: null };

/** Whether what a request's body asks for is beyond a limit. A body that is not as it must be is left to Apollo Server. */
export function judgeAsked(body: unknown, documents: DocumentStore, limits: DocumentLimits): JudgedText {
  if (typeof body !== 'object' || body === null) return UNREADABLE;
  const { query, operationName, variables } = body as Readonly<Record<string, unknown>>;
  if (typeof query !== 'string') return UNREADABLE;
  const name = typeof operationName === 'string' && operationName !== '' ? operationName : undefined;
  const known = documents.find(query);
  if (known === undefined) return judgeText({ query, operationName: name, variables }, limits);
  const operation = known.operationOf(name);
  return { refused: operation && known.refuse(operation, variables), operation };
}

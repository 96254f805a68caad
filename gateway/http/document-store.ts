import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import { BusyCache } from '../../runtime/busy-cache.js';
import { CACHE_BYTES } from '../cache-bytes.js';
import { documentBytes } from '../execute/operation-bytes.js';
import { isOperation, operationNamed } from '../plan/document-parts.js';
import {
  createMeasure,
  exceedLimits,
  exceedListItems,
  type OperationLimits,
  type OperationSize,
} from './operation-limits.js';
import type { RegisteredOperation } from './registered/read-operations.js';

/** A document that is valid, and its limits are looked at. */
interface StoredDocument {
  readonly document: DocumentNode;
  readonly documentId: string;
  /** The name by which callers may ask for it; null: they send its text. */
  readonly registeredName: string | null;
  /** The operation of that name, or the only one; null when there is none. */
  operationOf(name: string | undefined): OperationDefinitionNode | null;
  /** Why one of its operations is not carried out with such variables, as the caller sent them; null when it may be. */
  refuse(operation: OperationDefinitionNode, variables: unknown): GraphQLError | null;
}

/**
 * Documents that Apollo Server has validated, found again by their text. A document that is found here is not validated
 * again.
 */
export interface DocumentStore {
  /** For Apollo Server, whose key ends with the document's hash. */
  readonly cache: {
    get(key: string): Promise<DocumentNode | undefined>;
    set(key: string, document: DocumentNode): Promise<void>;
    delete(key: string): Promise<void>;
  };
  find(query: string): StoredDocument | undefined;
  /** Keeps a valid document as if it had been asked. @param documentId SHA-256 of its text. */
  add(query: string, document: DocumentNode, documentId: string): void;
  /** Keeps the document of a registered operation for good. */
  register(operation: Pick<RegisteredOperation, 'name' | 'query' | 'document' | 'hash'>): void;
}

/** Length of the SHA-256 that a key ends with. */
const HASH_LENGTH = 64;

export function createDocumentStore(limits: OperationLimits): DocumentStore {
  const byId = new Map<string, StoredDocument>();
  const byText = new BusyCache<StoredDocument>(CACHE_BYTES.documents, ({ documentId }) =>
    byId.delete(documentId),
  );
  const registered = new Map<string, StoredDocument>();
  const add: DocumentStore['add'] = (query, document, documentId) => {
    if (registered.has(query)) return;
    const stored = describeDocument(document, documentId, limits);
    byId.set(documentId, stored);
    byText.set(query, stored, documentBytes(document));
  };
  return {
    cache: {
      get: async (key) => {
        const stored = byId.get(idOf(key));
        // Asked for by its text, it counts as busy.
        if (stored !== undefined) byText.get(textOf(stored.document));
        return stored?.document;
      },
      set: async (key, document) => add(textOf(document), document, idOf(key)),
      delete: async (key) => {
        const stored = byId.get(idOf(key));
        if (stored !== undefined && stored.registeredName === null) byText.delete(textOf(stored.document));
      },
    },
    find: (query) => registered.get(query) ?? byText.get(query),
    add,
    register: ({ name, query, document, hash }) => {
      const stored = { ...describeDocument(document, hash, limits), registeredName: name };
      registered.set(query, stored);
      byId.set(hash, stored);
    },
  };
}

function idOf(key: string): string {
  return key.slice(-HASH_LENGTH);
}

function textOf(document: DocumentNode): string {
  return document.loc?.source.body ?? '';
}

function describeDocument(
  document: DocumentNode,
  documentId: string,
  limits: OperationLimits,
): StoredDocument {
  const measure = createMeasure(document);
  const judged = new Map(
    document.definitions.filter(isOperation).map((operation) => {
      const size: OperationSize = measure(operation);
      return [operation, { size, beyond: exceedLimits(size, limits) }] as const;
    }),
  );
  return {
    document,
    documentId,
    registeredName: null,
    operationOf: (name) => operationNamed(document, name),
    refuse: (operation, variables) => {
      const found = judged.get(operation);
      if (found === undefined) return null;
      return found.beyond ?? exceedListItems(found.size, variables, limits);
    },
  };
}

import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isOperation, operationNamed } from '../plan/document-parts.js';
import {
  createMeasure,
  exceedLimits,
  exceedListItems,
  type OperationLimits,
  type OperationSize,
} from './operation-limits.js';

/** Characters of all documents that are kept; their trees take about twenty times as much. */
const MAX_CHARACTERS = 2_000_000;

/** A document that Apollo Server has parsed and validated. */
interface StoredDocument {
  readonly document: DocumentNode;
  readonly documentId: string;
  /** The operation of that name, or the only one; null when there is none. */
  readonly isRegistered: boolean;
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
  /** Keeps a valid document for good. @param documentId SHA-256 of its text. */
  register(query: string, document: DocumentNode, documentId: string): void;
}

/** Length of the SHA-256 that a key ends with. */
const HASH_LENGTH = 64;

export function createDocumentStore(limits: OperationLimits): DocumentStore {
  const byKey = new LRUCache<string, DocumentNode>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (document) => Math.max(1, textOf(document).length),
  });
  const byText = new LRUCache<string, StoredDocument>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_, query) => Math.max(1, query.length),
  });
  const registered = new Map<string, StoredDocument>();
  return {
    cache: {
      get: async (key) => byKey.get(key),
      set: async (key, document) => {
        byKey.set(key, document);
        byText.set(textOf(document), describeDocument(document, key.slice(-HASH_LENGTH), limits));
      },
      delete: async (key) => {
        const document = byKey.get(key);
        byKey.delete(key);
        if (document !== undefined) byText.delete(textOf(document));
      },
    },
    find: (query) => registered.get(query) ?? byText.get(query),
    register: (query, document, documentId) => {
      registered.set(query, { ...describeDocument(document, documentId, limits), isRegistered: true });
    },
  };
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
    isRegistered: false,
    operationOf: (name) => operationNamed(document, name),
    refuse: (operation, variables) => {
      const found = judged.get(operation);
      if (found === undefined) return null;
      return found.beyond ?? exceedListItems(found.size, variables, limits);
    },
  };
}

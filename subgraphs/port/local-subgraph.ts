import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { publicError } from '../../runtime/errors.js';
import { withNotes } from './answer-notes.js';
import type { SubgraphPort } from './subgraph-port.js';

/** Operations that a gateway sends repeat; parsing each once is enough. */
const MAX_PARSED_OPERATIONS = 1000;

/** A subgraph in this process: no HTTP, no JSON. */
export function createLocalSubgraph(name: string, schema: GraphQLSchema): SubgraphPort {
  const documents = new LRUCache<string, DocumentNode>({ max: MAX_PARSED_OPERATIONS });
  const parseOnce = (query: string): DocumentNode => {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const document = parse(query, { noLocation: false });
    documents.set(query, document);
    return document;
  };
  return {
    name,
    execute: async ({ query, variables, operationName }, context) => {
      try {
        const result = await execute({
          schema,
          document: parseOnce(query),
          contextValue: context,
          ...(variables !== undefined && { variableValues: variables }),
          ...(operationName !== undefined && { operationName }),
        });
        return withNotes(result, context);
      } catch (error) {
        const failure =
          error instanceof GraphQLError
            ? error
            : publicError('INTERNAL', undefined, error instanceof Error ? { originalError: error } : {});
        return { errors: [failure] };
      }
    },
    close: () => Promise.resolve(),
  };
}

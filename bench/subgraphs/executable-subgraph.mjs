import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { compileOperation } from './compile-operation.mjs';

/** Documents kept compiled; a gateway sends a handful. */
const MAX_DOCUMENTS = 2000;

/**
 * @typedef {{query: string, variables?: Record<string, unknown>, operationName?: string | null}} GraphQLRequest
 * @typedef {{readonly schema: import('graphql').GraphQLSchema, readonly answer: (request: GraphQLRequest) => string}} ExecutableSubgraph
 */

/** @param {import('../graph/subgraphs.mjs').Subgraph} subgraph @returns {ExecutableSubgraph} */
export function createExecutableSubgraph({ sdl, resolvers }) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  const all = withEntities(resolvers, sdl);
  /** @type {Map<string, import('./compile-operation.mjs').CompiledOperation>} */
  const compiled = new Map();
  return {
    schema,
    answer: ({ query, variables, operationName }) => {
      const id = `${operationName ?? ''}\n${query}`;
      let operation = compiled.get(id);
      if (operation === undefined) {
        if (compiled.size === MAX_DOCUMENTS) compiled.clear();
        operation = compileOperation(schema, all, query, operationName);
        compiled.set(id, operation);
      }
      return operation(variables);
    },
  };
}

/**
 * What federation adds to a subgraph's Query. @param {import('../graph/subgraphs.mjs').Resolvers} resolvers @param {string} sdl
 * @returns {import('../graph/subgraphs.mjs').Resolvers}
 */
function withEntities(resolvers, sdl) {
  return {
    ...resolvers,
    Query: {
      ...resolvers.Query,
      _service: () => ({ sdl }),
      _entities: (_, { representations }) =>
        representations.map((/** @type {any} */ representation) => {
          const typename = representation.__typename;
          const value = resolvers[typename]?.__resolveReference?.(representation, {});
          return value == null ? null : { typename, value };
        }),
    },
  };
}

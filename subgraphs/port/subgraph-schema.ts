import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type GraphQLSchema, parse } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';

export type SubgraphResolvers = GraphQLResolverMap<CallContext>;

/** A subgraph's executable schema. @param sdl the whole text as composed (`schema/subgraphs/<name>.graphql`). */
export function buildSubgraph(sdl: string, resolvers: SubgraphResolvers): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as GraphQLResolverMap<unknown> });
}

/** Resolvers of two makers for one subgraph; where both resolve a field, the second one's counts. */
export function mergeResolvers(first: SubgraphResolvers, second: SubgraphResolvers): SubgraphResolvers {
  const types = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(
    [...types].map((type) => [type, { ...first[type], ...second[type] }]),
  ) as SubgraphResolvers;
}

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type GraphQLSchema, parse } from 'graphql';
import type { CallContext } from './call-context.js';

export type SubgraphResolvers = GraphQLResolverMap<CallContext>;

/** A subgraph's executable schema. @param sdl the whole text as composed (`schema/subgraphs/<name>.graphql`). */
export function buildSubgraph(sdl: string, resolvers: SubgraphResolvers): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as GraphQLResolverMap<unknown> });
}

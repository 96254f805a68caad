import './silence-apollo.js';
import { type Schema, Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

export interface SubgraphDefinition {
  readonly name: string;
  /** As the supergraph's `@join__graph` has it; may be empty when subgraphs run in this process. */
  readonly url: string;
}

/** A composed graph, read and checked. */
export interface LoadedSupergraph {
  readonly sdl: string;
  readonly subgraphs: readonly SubgraphDefinition[];
  /** What callers see. */
  readonly apiSchema: GraphQLSchema;
  /** The same and the whole in the planner's own form; only `plan/` and `execute/` look inside. */
  readonly internals: {
    readonly supergraph: Supergraph;
    readonly supergraphSchema: GraphQLSchema;
    readonly apiSchema: Schema;
  };
}

/** The text is no Federation 2 supergraph; the message says where and why. */
export class SupergraphInvalid extends Error {
  override readonly name = 'SupergraphInvalid';
}

/** @throws {SupergraphInvalid} */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  try {
    const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
    const apiSchema = supergraph.apiSchema();
    return {
      sdl,
      subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
      apiSchema: apiSchema.toGraphQLJSSchema(),
      internals: { supergraph, supergraphSchema: supergraph.schema.toGraphQLJSSchema(), apiSchema },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SupergraphInvalid(
      `Cannot load the supergraph: it must be the output of composition of Federation 2 subgraphs, but ${reason}`,
      { cause: error },
    );
  }
}

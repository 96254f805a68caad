import { composeServices } from '@apollo/composition';
import { type GraphQLSchema, parse } from 'graphql';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import { buildSubgraph, type SubgraphResolvers } from '../../subgraphs/port/subgraph-schema.js';
import { createExecutor, type ExecutorOptions } from '../execute/create-executor.js';
import type { Executor } from '../execute/executor.js';
import { createRecordingObserver, type RecordingObserver } from './recording-observer.js';
import type { Execute } from './shop-graph.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@cost", "@listSize",
  "@tag", "@authenticated", "@requiresScopes", "@policy"
])\n`;

export interface GraphPart {
  /** Without the link to the federation's directives. */
  readonly sdl: string;
  readonly resolvers?: SubgraphResolvers;
  /** Makes of the subgraph's own `execute` the one that is used. */
  readonly around?: (own: Execute) => Execute;
}

export interface OpenedGraph {
  readonly executor: Executor;
  readonly observer: RecordingObserver;
}

/** @throws {Error} with composition's messages. */
export function composeGraph(parts: Readonly<Record<string, Pick<GraphPart, 'sdl'>>>): string {
  const { supergraphSdl, errors = [] } = composeServices(
    Object.entries(parts).map(([name, { sdl }]) => ({ name, url: '', typeDefs: parse(LINK + sdl) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

export function schemaOf({ sdl, resolvers = {} }: Pick<GraphPart, 'sdl' | 'resolvers'>): GraphQLSchema {
  return buildSubgraph(LINK + sdl, resolvers);
}

/** An executor over subgraphs by name; in this process, unless the options say how they are reached. */
export async function openGraph(
  parts: Readonly<Record<string, GraphPart>>,
  options: Partial<ExecutorOptions> = {},
): Promise<OpenedGraph> {
  const observer = createRecordingObserver();
  const executor = await createExecutor({
    supergraphSdl: composeGraph(parts),
    observer,
    subgraph: ({ name }) => {
      const part = parts[name];
      if (part === undefined) throw new Error(`no subgraph ${name}`);
      const local = createLocalSubgraph(name, schemaOf(part));
      return { ...local, execute: part.around?.(local.execute) ?? local.execute };
    },
    ...options,
  });
  return { executor, observer };
}

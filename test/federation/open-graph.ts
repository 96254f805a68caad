import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { SubgraphCallEvent } from '../../gateway/observe/gateway-observer.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { type GraphPart, openGraph as openParts, schemaOf } from '../../gateway/testing/open-graph.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import type { SubgraphPort, SubgraphRequest } from '../../subgraphs/port/subgraph-port.js';

/** One department's part of a graph. */
export type Part = Pick<GraphPart, 'sdl' | 'resolvers'>;

interface AskedOfSubgraph extends SubgraphRequest {
  readonly subgraph: string;
}

export interface Graph {
  /** What callers see of the graph. */
  readonly apiSchema: GraphQLSchema;
  /** What was sent to the subgraphs, in order. */
  readonly asked: readonly AskedOfSubgraph[];
  /** What the gateway tells of it to whoever watches. */
  readonly told: readonly SubgraphCallEvent[];
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
  /** The data of an answer that must have no errors. */
  read(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

/** @param makePort how the gateway reaches a subgraph; in this process unless told otherwise. */
export async function openGraph(
  parts: Readonly<Record<string, Part>>,
  makePort: (name: string, part: Part) => SubgraphPort = localPort,
): Promise<Graph> {
  const asked: AskedOfSubgraph[] = [];
  const { executor, observer } = await openParts(parts, {
    subgraph: ({ name }) => {
      const part = parts[name];
      if (part === undefined) throw new Error(`no part ${name}`);
      const port = makePort(name, part);
      return {
        ...port,
        execute: (request, context) => {
          asked.push({ subgraph: name, ...request });
          return port.execute(request, context);
        },
      };
    },
  });
  const ask: Graph['ask'] = (query, variables = {}) =>
    askExecutor(executor, { query, variables, budgetMs: 10_000 });
  return {
    apiSchema: executor.apiSchema,
    asked,
    told: observer.subgraphCalls,
    ask,
    read: async (query, variables) => {
      const { data, errors } = await ask(query, variables);
      if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
      return data;
    },
    close: () => executor.close(),
  };
}

/** What a caller needs of an error to find its place. */
export function placesOf({ errors = [] }: ExecutionResult): readonly string[] {
  return errors.map(({ path = [] }) => path.join('.')).sort();
}

function localPort(name: string, part: Part): SubgraphPort {
  return createLocalSubgraph(name, schemaOf(part));
}

import { composeServices } from '@apollo/composition';
import { type ExecutionResult, parse } from 'graphql';
import { createExecutor } from '../../gateway/execute/create-executor.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import { createRecordingObserver } from '../../gateway/testing/recording-observer.js';
import { createLocalSubgraph } from '../../subgraphs/local-subgraph.js';
import type { SubgraphPort, SubgraphRequest } from '../../subgraphs/subgraph-port.js';
import { buildSubgraph, type SubgraphResolvers } from '../../subgraphs/subgraph-schema.js';

/** One department's part of a graph. */
export interface Part {
  /** Without the `@link` to the specification of federation: every directive is imported already. */
  readonly sdl: string;
  readonly resolvers?: SubgraphResolvers;
}

export interface AskedOfSubgraph extends SubgraphRequest {
  readonly subgraph: string;
}

export interface Graph {
  /** What was sent to the subgraphs, in order. */
  readonly asked: readonly AskedOfSubgraph[];
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
  const executor = await createExecutor({
    supergraphSdl: composeParts(parts),
    observer: createRecordingObserver(),
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
    asked,
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

export function schemaOf({ sdl, resolvers = {} }: Part) {
  return buildSubgraph(LINK + sdl, resolvers);
}

function localPort(name: string, part: Part): SubgraphPort {
  return createLocalSubgraph(name, schemaOf(part));
}

function composeParts(parts: Readonly<Record<string, Part>>): string {
  const { supergraphSdl, errors = [] } = composeServices(
    Object.entries(parts).map(([name, { sdl }]) => ({
      name,
      typeDefs: parse(LINK + sdl),
      url: `http://${name}.invalid/graphql`,
    })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

const DIRECTIVES = ['key', 'requires', 'provides', 'external', 'shareable', 'override', 'inaccessible'];
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [${[
  ...DIRECTIVES,
  'interfaceObject',
]
  .map((name) => `"@${name}"`)
  .join(', ')}])\n`;

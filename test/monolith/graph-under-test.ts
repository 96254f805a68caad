import type { GraphQLSchema } from 'graphql';
import { createExecutor } from '../../gateway/execute/create-executor.js';
import type { Executor } from '../../gateway/execute/executor.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { openSqliteCounty } from '../county/stored-county.js';
import { buildBenchmarkGraph } from './benchmark-graph.js';
import { benchmarkHints } from './generate/benchmark-hints.js';
import { countyWeight, readCountyHints } from './generate/county-hints.js';
import type { OperationOptions } from './generate/generate-operation.js';
import { type Monolith, monolithOf } from './monolith-of.js';

/** A graph, served by the gateway's executor and by a monolith. */
export interface GraphUnderTest {
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly executor: Executor;
  readonly monolith: Monolith;
  /** What operations over it are made of. */
  readonly operations: Omit<OperationOptions, 'random'>;
  close(): Promise<void>;
}

/** What askExecutor() says of the day. */
const TODAY = '2026-06-30';
export const BUDGET_MS = 30_000;

export function newContext(): CallContext {
  return {
    requestId: 'monolith',
    caller: ANONYMOUS,
    signal: sharedSignal(new AbortController().signal),
    deadline: Date.now() + BUDGET_MS,
    today: TODAY,
  };
}

async function openBenchmark(): Promise<GraphUnderTest> {
  const graph = buildBenchmarkGraph();
  const executor = await executorOver(graph.supergraphSdl, localPorts(graph.schemas));
  const monolith = monolithOf({ ...graph, apiSchema: executor.apiSchema });
  return {
    ...graph,
    executor,
    monolith,
    operations: { schema: monolith.schema, hints: benchmarkHints },
    close: () => executor.close(),
  };
}

async function openCounty(): Promise<GraphUnderTest> {
  const county = await openSqliteCounty({ seed: 4, size: 'tiny' });
  try {
    const { executor } = county;
    const { supergraphSdl, apiSchema } = executor;
    const { schemas } = county.county;
    const monolith = monolithOf({ apiSchema, supergraphSdl, schemas });
    const hints = await readCountyHints(monolith, newContext());
    return {
      supergraphSdl,
      schemas,
      executor,
      monolith,
      operations: { schema: monolith.schema, hints, weightOf: countyWeight },
      close: () => county.close(),
    };
  } catch (error) {
    await county.close();
    throw error;
  }
}

export const GRAPHS = [
  ['the benchmark graph', openBenchmark],
  ['the county', openCounty],
] as const;

export type Ports = ReadonlyMap<string, SubgraphPort>;

export function localPorts(schemas: GraphUnderTest['schemas']): Ports {
  return new Map([...schemas].map(([name, schema]) => [name, createLocalSubgraph(name, schema)]));
}

export function executorOver(
  supergraphSdl: string,
  ports: Ports,
  options: { readonly batches?: boolean } = {},
): Promise<Executor> {
  return createExecutor({
    ...options,
    supergraphSdl,
    subgraph: ({ name }) => {
      const port = ports.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      return port;
    },
    observer: {
      plan: () => undefined,
      cost: () => undefined,
      carrier: () => undefined,
      subgraphCall: () => undefined,
      hiddenError: () => undefined,
    },
  });
}

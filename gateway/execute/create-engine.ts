import { createApolloEngine } from './apollo/apollo-engine.js';
import { createExecutor, type ExecutorOptions } from './create-executor.js';
import type { Executor } from './executor.js';

/** `compiled`: ours; `apollo`: `@apollo/gateway`, the reference. */
export type Engine = 'compiled' | 'apollo';

/** @throws {SupergraphInvalid} */
export function createEngine(
  engine: Engine,
  options: Pick<ExecutorOptions, 'supergraphSdl' | 'subgraph' | 'observer' | 'graph' | 'costs'>,
): Promise<Executor> {
  return engine === 'apollo' ? createApolloEngine(options) : createExecutor(options);
}

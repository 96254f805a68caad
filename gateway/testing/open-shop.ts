import { createLocalSubgraph } from '../../subgraphs/local-subgraph.js';
import type { SubgraphPort } from '../../subgraphs/subgraph-port.js';
import { createExecutor, type ExecutorOptions } from '../execute/create-executor.js';
import type { Executor } from '../execute/executor.js';
import { createRecordingObserver, type RecordingObserver } from './recording-observer.js';
import { composeShop, SHOP_SUBGRAPHS } from './shop-graph.js';

export type Execute = SubgraphPort['execute'];

export interface OpenedShop {
  readonly executor: Executor;
  readonly observer: RecordingObserver;
}

/**
 * An executor over the shop, its subgraphs in this process.
 *
 * @param around makes of a subgraph's own `execute` the one that is used.
 */
export async function openShop(
  around: Readonly<Record<string, (own: Execute) => Execute>> = {},
  options: Partial<ExecutorOptions> = {},
): Promise<OpenedShop> {
  const observer = createRecordingObserver();
  const executor = await createExecutor({
    supergraphSdl: composeShop(),
    observer,
    subgraph: ({ name }) => {
      const own = SHOP_SUBGRAPHS.find((subgraph) => subgraph.name === name);
      if (own === undefined) throw new Error(`no subgraph ${name}`);
      const local = createLocalSubgraph(name, own.schema);
      return { ...local, execute: around[name]?.(local.execute) ?? local.execute };
    },
    ...options,
  });
  return { executor, observer };
}

import { createExecutor, type ExecutorOptions } from '../execute/create-executor.js';
import type { Executor } from '../execute/executor.js';
import { createRecordingObserver, type RecordingObserver } from './recording-observer.js';
import { composeShop, type Execute, openShopSubgraph } from './shop-graph.js';

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
    subgraph: ({ name }) => openShopSubgraph(name, around[name]),
    ...options,
  });
  return { executor, observer };
}

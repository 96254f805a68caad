import type { SourceAdapter } from './source-adapter.js';
import { SourceUnavailable } from './source-error.js';

/** Stands for a connection that nobody configured: everything can be compiled, nothing can be read. */
export function createUnconnected(connection: string): SourceAdapter {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new SourceUnavailable(`Cannot reach ${connection}: the connection must be configured, but is not`),
    );
  return {
    kind: 'unconnected',
    capabilities: {
      filters: true,
      orders: true,
      keyset: true,
      batchesKeys: true,
      tallies: true,
      cancels: true,
    },
    describe: refuse,
    read: refuse,
    tally: refuse,
    probe: refuse,
    explain: () => `(${connection} is not configured)`,
    close: () => Promise.resolve(),
  };
}

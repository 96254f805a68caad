import type { SourceAdapter } from './source-adapter.js';
import { type SourceError, SourceUnavailable } from './source-error.js';

/** The adapter of a connection that is not configured: mappings compile against it, and every read fails. */
export function createUnconnected(connection: string): SourceAdapter {
  return createRefusing(
    'unconnected',
    new SourceUnavailable(`Cannot reach ${connection}: the connection must be configured, but is not`),
  );
}

/** Refuses every call with the same error. */
export function createRefusing(kind: string, error: SourceError): SourceAdapter {
  const refuse = (): Promise<never> => Promise.reject(error);
  return {
    kind,
    capabilities: {
      filters: true,
      orders: true,
      keyset: true,
      tallies: true,
      cancels: true,
      exchanges: false,
    },
    describe: refuse,
    read: refuse,
    tally: refuse,
    probe: refuse,
    explain: () => `(${error.message})`,
    close: () => Promise.resolve(),
  };
}

import { createGateway, type Gateway } from '../../gateway/create-gateway.js';
import { DEFAULT_LIMITS } from '../../gateway/http/request-limits.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';

export interface ExportGateway {
  readonly county: StoredCounty;
  readonly gateway: Gateway;
  /** Called before each request to the hub, with its number since this was set; may break what it likes. */
  onHubCall: (number: number) => Promise<void>;
  close(): Promise<void>;
}

/** Long enough for a source that a test heals, short enough for one that stays dead. */
const PATIENCE_MS = 6000;

/** The small demo county behind a gateway that listens. */
export async function openExportGateway(): Promise<ExportGateway> {
  const county = await openSqliteCounty({ seed: 1, size: 'small' });
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  let onHubCall = async (_: number): Promise<void> => undefined;
  let calls = 0;
  const gateway = await createGateway({
    access: 'open',
    supergraphSdl: county.executor.supergraphSdl,
    subgraph: ({ name }) => {
      const port = county.county.subgraphs.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      return name === 'hub' ? withHook(port, () => onHubCall(++calls)) : port;
    },
    address: { host: '127.0.0.1', port: 0 },
    clock: county.clock,
    logger: createLogger('silent'),
    metrics: createMetrics(county.clock, readFreshness),
    readFreshness,
    limits: { ...DEFAULT_LIMITS, exportPatienceMs: PATIENCE_MS },
  });
  return {
    county,
    gateway,
    set onHubCall(hook: (number: number) => Promise<void>) {
      calls = 0;
      onHubCall = hook;
    },
    close: async () => {
      await gateway.close();
      await county.close();
    },
  };
}

function withHook(port: SubgraphPort, before: () => Promise<void>): SubgraphPort {
  return {
    ...port,
    execute: async (request, context) => {
      // What a test does to the county is no part of the request.
      await before();
      return port.execute(request, context);
    },
  };
}

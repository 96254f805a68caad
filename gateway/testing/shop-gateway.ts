import { Writable } from 'node:stream';
import { systemClock } from '../../runtime/clock.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import { createGateway, type Gateway, type GatewayOptions } from '../create-gateway.js';
import { createLogger } from '../observe/logger.js';
import { createMetrics, type Metrics } from '../observe/metrics.js';
import { composeShop, type Execute, openShopSubgraph } from './shop-graph.js';

export interface ShopGateway {
  readonly gateway: Gateway;
  readonly metrics: Metrics;
  /** Everything that was logged, decoded. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  post(query: string, init?: { headers?: Record<string, string>; variables?: object }): Promise<Response>;
}

export interface ShopGatewayOptions {
  readonly limits?: GatewayOptions['limits'];
  readonly outcomes?: readonly InterfaceOutcome[];
  readonly replaced?: Readonly<Record<string, Execute>>;
}

/** A listening gateway over the shop, its subgraphs in this process. */
export async function openShopGateway(options: ShopGatewayOptions = {}): Promise<ShopGateway> {
  const log: Readonly<Record<string, unknown>>[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _, done) => {
      log.push(JSON.parse(chunk.toString('utf8')));
      done();
    },
  });
  const readFreshness = () => Promise.resolve(options.outcomes ?? []);
  const metrics = createMetrics(systemClock, readFreshness);
  const gateway = await createGateway({
    access: 'open',
    supergraphSdl: composeShop(),
    subgraph: ({ name }) => openShopSubgraph(name, (own) => options.replaced?.[name] ?? own),
    address: { host: '127.0.0.1', port: 0 },
    clock: systemClock,
    logger: createLogger('debug', destination),
    metrics,
    readFreshness,
    ...(options.limits !== undefined && { limits: options.limits }),
  });
  return {
    gateway,
    metrics,
    log,
    post: (query, { headers = {}, variables = {} } = {}) =>
      fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
  };
}

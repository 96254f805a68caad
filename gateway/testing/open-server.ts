import { systemClock } from '../../runtime/clock.js';
import type { Executor } from '../execute/executor.js';
import { createServer } from '../http/create-server.js';
import { boundErrors } from '../http/limits/bound-errors.js';
import { DEFAULT_LIMITS, type RequestLimits } from '../http/request-limits.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { createLogger } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';

type ServerOptions = Parameters<typeof createServer>[0];
type OpenedServer = Awaited<ReturnType<typeof createServer>>;

/** The gateway's HTTP face over an executor that others may use too; requests are injected. Everybody may ask. */
export function openServer(
  { executor, observer }: { readonly executor: Executor; readonly observer: GatewayObserver },
  {
    limits,
    ...options
  }: Partial<Omit<ServerOptions, 'limits'>> & { readonly limits?: Partial<RequestLimits> } = {},
): Promise<OpenedServer> {
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  const all = { ...DEFAULT_LIMITS, ...limits };
  return createServer({
    executor: boundErrors(executor, all),
    observer,
    metrics: createMetrics(systemClock, readFreshness),
    readFreshness,
    logger: createLogger('silent'),
    clock: systemClock,
    access: 'open',
    ...options,
    limits: all,
  });
}

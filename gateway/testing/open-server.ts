import { systemClock } from '../../runtime/clock.js';
import type { QuotaLedger } from '../../runtime/ledger/quota-ledger.js';
import type { Executor } from '../execute/executor.js';
import { createLasting } from '../http/lasting.js';
import { boundErrors } from '../http/limits/bound-errors.js';
import { AT_ONCE } from '../http/listener/ending.js';
import { openListener } from '../http/listener/open-listener.js';
import { createOwnPort } from '../http/listener/own-port.js';
import { type Face, type FaceOptions, openFace } from '../http/open-face.js';
import { DEFAULT_LIMITS, type RequestLimits } from '../http/request-limits.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { createLogger } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';

interface OpenedServer extends Pick<Face, 'app'> {
  /** For those who want a real socket. @returns where it listens. */
  listen(): Promise<string>;
  /** Cuts at the end of the time what runs. */
  stop(graceMs: number): Promise<void>;
}

/** The gateway's HTTP face over an executor that others may use too; requests are injected. Everybody may ask. */
export async function openServer(
  { executor, observer }: { readonly executor: Executor; readonly observer: GatewayObserver },
  {
    limits,
    ledger,
    ...options
  }: Partial<Omit<FaceOptions, 'limits'>> & {
    readonly limits?: Partial<RequestLimits>;
    readonly ledger?: QuotaLedger;
  } = {},
): Promise<OpenedServer> {
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  const all = { ...DEFAULT_LIMITS, ...limits };
  const lasting = createLasting(all, observer, ledger);
  const logger = createLogger('silent');
  const { allowedOrigins = [] } = options;
  const { admission } = lasting;
  const listener = openListener({
    limits: all,
    logger,
    allowedOrigins,
    admission,
    observer,
    connections: createOwnPort({ address: { host: '127.0.0.1', port: 0 }, acceptsMore: false }),
  });
  const face = await openFace({
    executor: boundErrors(executor, all),
    observer,
    metrics: createMetrics(systemClock, readFreshness),
    readFreshness,
    logger,
    clock: systemClock,
    access: 'open',
    isNoted: false,
    ...options,
    limits: all,
    lasting,
    state: listener.state,
  });
  await listener.handOver(face.app.routing);
  return {
    app: face.app,
    listen: listener.listen,
    stop: async (graceMs) => {
      await listener.end({ ...AT_ONCE, graceMs });
      await face.close();
      await lasting.close();
    },
  };
}

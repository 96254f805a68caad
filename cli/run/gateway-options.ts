import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { GatewayOptions } from '../../gateway/create-gateway.js';
import { createOwnPort } from '../../gateway/http/listener/own-port.js';
import type { Metrics } from '../../gateway/observe/metrics.js';
import type { RequestBook } from '../../gateway/observe/request-book.js';
import type { Traces } from '../../gateway/observe/traces/open-traces.js';
import type { ServedGraph } from '../../gateway/served-graph.js';
import type { Clock } from '../../runtime/clock.js';
import type { ServeOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { consoleOf } from './console-of.js';
import { limitsOf } from './limits-of.js';

interface GatewayParts {
  readonly options: Pick<ServeOptions, 'address' | 'engine' | 'carrier' | 'sharesAnswers' | 'allowedOrigins'>;
  readonly settings: GatewaySettings;
  readonly io: Pick<VerbIo, 'keeper'>;
  readonly logger: GatewayOptions['logger'];
  readonly clock: Clock;
  /** Of this process; a worker shows those of all. */
  readonly metrics: Metrics;
  /** Where it is remembered how requests went. Absent: nowhere. */
  readonly book?: RequestBook;
  /** Sends traces of requests; undefined: none are made. */
  readonly traces: Traces | undefined;
  readonly recording: { readonly recorder?: Recorder };
  readonly shared: { readonly options: Pick<GatewayOptions, 'ledger'> };
  /** What was asked of a gateway in whose place this one serves. Default: there was none. */
  readonly askedBefore?: GatewayOptions['askedBefore'];
}

/** What a gateway is told besides what it serves. */
export function gatewayOptionsOf({
  options: { address, engine, carrier, sharesAnswers, allowedOrigins },
  settings,
  io: { keeper },
  logger,
  clock,
  metrics,
  book,
  traces,
  recording: { recorder },
  shared,
  askedBefore = [],
}: GatewayParts): Omit<GatewayOptions, keyof ServedGraph> {
  return {
    address,
    connections: keeper?.connections ?? createOwnPort({ address, acceptsMore: true }),
    clock,
    logger,
    metrics: keeper === null ? metrics : { ...metrics, scrape: keeper.scrape },
    ...(recorder !== undefined && { recorder }),
    ...(book !== undefined && { book }),
    ...(traces !== undefined && { traces }),
    limits: limitsOf(settings),
    ...shared.options,
    askedBefore,
    keepsQueries: settings.keepsQueries,
    console: consoleOf(settings),
    engine,
    carrier,
    sharesAnswers,
    ...(allowedOrigins !== undefined && { allowedOrigins }),
  };
}

import type { AddressInfo } from 'node:net';
import type { Clock } from '../runtime/clock.js';
import type { QuotaLedger } from '../runtime/ledger/quota-ledger.js';
import type { ListenAddress } from '../runtime/listen-address.js';
import type { Problem } from '../runtime/yaml/problem.js';
import type { SubgraphPort } from '../subgraphs/port/subgraph-port.js';
import type { Access } from './access/access.js';
import { auditAnswers } from './audit/audit-answers.js';
import type { Recorder } from './audit/recorder.js';
import type { BegunGraph } from './execute/begin-graph.js';
import { createEngine, type Engine } from './execute/create-engine.js';
import { shareAnswers } from './execute/share-answers.js';
import { acceptMore } from './http/accept/accept-more.js';
import type { AllowedOrigins } from './http/cors.js';
import { createServer } from './http/create-server.js';
import type { DropStanding } from './http/drops.js';
import type { StandingReader } from './http/kept-answers.js';
import { boundCosts } from './http/limits/bound-costs.js';
import { boundErrors } from './http/limits/bound-errors.js';
import { readOperations } from './http/registered/read-operations.js';
import { DEFAULT_LIMITS, type RequestLimits } from './http/request-limits.js';
import type { Logger } from './observe/logger.js';
import type { Metrics } from './observe/metrics.js';
import { observeGateway } from './observe/observe-gateway.js';
import type { FreshnessReader } from './observe/source-metrics.js';
import type { SubgraphDefinition } from './plan/joins.js';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** The same supergraph where the compiled engine is opening it already. The gateway closes it. */
  readonly graph?: BegunGraph;
  /** Called once per subgraph; throws when it has none. The gateway closes the ports. */
  readonly subgraph: (definition: SubgraphDefinition) => SubgraphPort;
  readonly address: ListenAddress;
  /** Whether several connections are accepted a turn of the event loop; it takes a short-lived process. Default false. */
  readonly acceptsMore?: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** For `/health/ready`; answers within its own bound (`boundFreshness`). */
  readonly readFreshness: FreshnessReader;
  /** What is known of interfaces now, for whoever polls; absent: no answer is given again. */
  readonly standing?: StandingReader;
  /** For `/drops`; absent where no files are dropped. */
  readonly readDrops?: () => Promise<readonly DropStanding[]>;
  /** Who may ask, and what they may see. `open`: everybody, everything that the graph itself asks no identity for. */
  readonly access: Access | 'open';
  /** Where answers are recorded; absent: nowhere. */
  readonly recorder?: Recorder;
  readonly limits?: Partial<RequestLimits>;
  /** Where limits of callers are counted with other processes; its opener closes it. Absent: by this one alone. */
  readonly ledger?: QuotaLedger;
  /** Default `compiled`. */
  readonly engine?: Engine;
  /** Origins of web pages that may ask and read answers. Default: none. */
  readonly allowedOrigins?: AllowedOrigins;
  /** A folder of documents that callers may name instead of sending them; absent: there is none. */
  readonly operations?: {
    readonly folder: string;
    /** Told of each file that cannot be used; the others serve. */
    readonly onProblem: (problem: Problem) => void;
  };
  /** Whether callers may name by its hash what they have sent before (automatic persisted queries). Default false. */
  readonly keepsQueries?: boolean;
  /** Whether identical queries of one caller that run at once are carried out once. Default false. */
  readonly sharesAnswers?: boolean;
}

export interface Gateway {
  /** Where callers post: `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** Lets running requests end, at most 5 s, and closes the subgraphs. Idempotent. */
  close(): Promise<void>;
}

const STOP_GRACE_MS = 5000;

/**
 * A gateway that listens.
 *
 * @throws {SupergraphInvalid} and the system's error when the address cannot be had.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, subgraph, address, clock, logger, metrics, readFreshness, readDrops } = options;
  const observer = observeGateway(metrics.requests, logger);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const own = await createEngine(options.engine ?? 'compiled', {
    supergraphSdl,
    subgraph,
    observer,
    costs: boundCosts(limits),
    ...(options.graph !== undefined && { graph: options.graph }),
  });
  const bounded = boundErrors(options.sharesAnswers === true ? shareAnswers(own) : own, limits);
  const { recorder } = options;
  const executor = recorder === undefined ? bounded : auditAnswers(bounded, recorder);
  const { operations: said } = options;
  const found = said === undefined ? null : readOperations(said.folder, own.apiSchema, limits);
  for (const problem of found?.problems ?? []) said?.onProblem(problem);
  const server = await createServer({
    executor,
    observer,
    metrics,
    readFreshness,
    ...(readDrops !== undefined && { readDrops }),
    ...(options.standing !== undefined && { standing: options.standing }),
    logger,
    clock,
    access: options.access,
    ...(recorder !== undefined && { recorder }),
    limits,
    ...(options.ledger !== undefined && { ledger: options.ledger }),
    operations: found?.operations ?? [],
    keepsQueries: options.keepsQueries === true,
    ...(options.allowedOrigins !== undefined && { allowedOrigins: options.allowedOrigins }),
  });
  let closed: Promise<void> | null = null;
  let stopAccepting = (): Promise<void> => Promise.resolve();
  const close = async (): Promise<void> => {
    await Promise.all([server.stop(STOP_GRACE_MS), stopAccepting()]);
    await executor.close();
  };
  try {
    await server.app.listen({ host: address.host, port: address.port });
    if (options.acceptsMore === true) stopAccepting = acceptMore(server.app.server);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: `${originOf(address.host, server.app.server.address() as AddressInfo)}/graphql`,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function originOf(host: string, { port }: AddressInfo): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

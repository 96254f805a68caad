import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { briefText } from '../../runtime/brief-text.js';
import { ERROR_CATALOGUE, isErrorCode } from '../../runtime/errors.js';
import type { GatewayObserver } from './gateway-observer.js';
import type { Logger } from './logger.js';
import { createRatedLines } from './rated-lines.js';
import type { RequestBook } from './request-book.js';
import type { RequestMetrics } from './request-metrics.js';

/** Errors of late requests that were logged. */
const TOLD = 1000;
/** Lines a second: of requests that ended alike; of callers who are turned away; of one code from one subgraph. */
const REQUESTS_PER_SECOND = 500;
const REFUSALS_PER_SECOND = 50;
const ERRORS_PER_SECOND = 20;
/** Characters of an operation's name, and of a caller's, that are logged. */
const MAX_NAME = 50;
/** Codes and interfaces that a line names, each once. */
const MAX_NAMED = 3;

/** Characters of what a source or subgraph said. */
const MAX_SAID = 2000;

/** Counts and logs what happens in the gateway. @param takers are told of each request. */
export function observeGateway(
  metrics: RequestMetrics,
  logger: Logger,
  takers: readonly Pick<RequestBook, 'note'>[] = [],
): GatewayObserver {
  const lines = createRatedLines();
  const told = new LRUCache<string, true>({ max: TOLD });
  const tellOverload = countedLines((count) => logger.warn({ refused: count }, 'overloaded'));
  return {
    request: (event) => {
      metrics.request(event);
      for (const taker of takers) taker.note(event);
      const { requestId, operationName, caller, outcome, tookMs, errorCodes, missing, cost } = event;
      lines(`request ${outcome}`, REQUESTS_PER_SECOND, (omitted) =>
        logger.info(
          {
            requestId,
            operation: operationName === null ? null : briefText(operationName, MAX_NAME),
            caller: caller === null ? null : briefText(caller, MAX_NAME),
            outcome,
            tookMs: Math.round(tookMs),
            cost,
            ...(errorCodes.length > 0 && { errors: some(errorCodes) }),
            ...(missing.length > 0 && { missing: some(missing) }),
            ...omitted,
          },
          'request',
        ),
      );
    },
    turnedAway: ({ requestId, address, caller, reason }) =>
      lines('turned away', REFUSALS_PER_SECOND, (omitted) =>
        logger.warn(
          {
            requestId,
            address,
            caller: caller?.name ?? null,
            reason: briefText(reason, MAX_SAID),
            ...omitted,
          },
          'turned away',
        ),
      ),
    overloaded: () => {
      metrics.overloaded();
      tellOverload();
    },
    ledger: (away) => {
      metrics.ledger('callers', away === null);
      if (away === null) logger.info('limits of callers are counted for all processes together');
      else logger.warn({ said: textOf(away) }, 'limits of callers are counted by this process alone');
    },
    graph: (event) => {
      metrics.graph(event);
      const { outcome, tookMs, error } = event;
      if (outcome === 'replaced') logger.info({ tookMs: Math.round(tookMs) }, 'graph replaced');
      else logger.error({ said: textOf(error) }, 'graph refused: the one before serves on');
    },
    plan: metrics.plan,
    cost: metrics.cost,
    carrier: metrics.carrier,
    subgraphCall: metrics.subgraphCall,
    hiddenError: ({ requestId, subgraph, code, error }) => {
      // A page of rows fails alike: a line for each request, code and subgraph says as much.
      const key = `${requestId} ${subgraph} ${code}`;
      if (told.has(key)) return;
      told.set(key, true);
      const level = isErrorCode(code) ? ERROR_CATALOGUE[code].logLevel : 'error';
      lines(`${subgraph} ${code}`, ERRORS_PER_SECOND, (omitted) => {
        const said = code === 'INTERNAL' ? { err: error } : { said: textOf(error) };
        logger[level]({ requestId, subgraph, code, ...said, ...omitted }, 'error');
      });
    },
  };
}

function some(names: readonly string[]): readonly string[] {
  const once = [...new Set(names)];
  const more = once.length - MAX_NAMED;
  return more > 0 ? [...once.slice(0, MAX_NAMED), `+${more}`] : once;
}

const COUNTED_MS = 1000;

/** One line a second, however often it happens. */
function countedLines(tell: (count: number) => void): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count > 1) return;
    setTimeout(() => {
      tell(count);
      count = 0;
    }, COUNTED_MS).unref();
  };
}

function textOf(error: unknown): string {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  return briefText(cause instanceof Error ? cause.message : String(cause), MAX_SAID);
}

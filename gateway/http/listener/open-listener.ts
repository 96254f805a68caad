import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import type { Logger } from '../../observe/logger.js';
import type { Admission } from '../admission/admission.js';
import { shedEarly } from '../admission/shed-early.js';
import type { AllowedOrigins } from '../cors.js';
import { answerBrokenRequests, createClientErrorHandler } from '../refusals/broken-requests.js';
import type { RequestLimits } from '../request-limits.js';
import type { ConnectionSource } from './connection-source.js';
import type { Ending, ServingState } from './ending.js';

interface ListenerOptions {
  readonly limits: RequestLimits;
  readonly logger: Logger;
  readonly allowedOrigins: AllowedOrigins;
  readonly admission: Admission;
  readonly observer: Pick<GatewayObserver, 'overloaded'>;
  readonly connections: ConnectionSource;
}

/** The gateway's port. What answers behind it can be replaced while requests are under way. */
export interface Listener {
  state(): ServingState;
  /**
   * Gives requests to this one from now on.
   *
   * @returns resolves when the last request that the one before was given is answered, or its caller has left.
   */
  handOver(handle: RequestListener): Promise<void>;
  /** @returns where it listens, as `http://127.0.0.1:4000`. @throws the system's error when the address cannot be had. */
  listen(): Promise<string>;
  /** Resolves when no connection is left; what has no answer by the end of the time is cut. */
  end(ending: Ending): Promise<void>;
}

/** Whoever answers, and how much he has under way. */
interface Answering {
  readonly handle: RequestListener;
  running: number;
  onEmpty: () => void;
}

export function openListener(options: ListenerOptions): Listener {
  const { limits, logger, allowedOrigins, admission, observer, connections } = options;
  const onRefused = (refused: object): void => logger.info(refused, 'refused');
  let state: ServingState = 'serving';
  let answering = begin((_, response) => void response.destroy());
  const server = createServer(
    socketOptions(limits),
    shedEarly(
      (request, response) => {
        const own = answering;
        own.running += 1;
        response.once('close', () => {
          own.running -= 1;
          if (own.running === 0) own.onEmpty();
        });
        own.handle(request, response);
      },
      { admission, allowedOrigins, onShed: observer.overloaded, keepsConnections: () => state === 'serving' },
    ),
  );
  server.on('clientError', createClientErrorHandler(limits, onRefused));
  answerBrokenRequests(server, onRefused);
  let open = 0;
  let onLastClosed = (): void => undefined;
  server.on('connection', (connection) => {
    open += 1;
    connection.once('close', () => {
      open -= 1;
      if (open === 0) onLastClosed();
    });
  });
  const allClosed = (): Promise<void> =>
    new Promise((resolve) => {
      onLastClosed = resolve;
      if (open === 0) resolve();
    });
  return {
    state: () => state,
    handOver: (handle) => {
      const before = answering;
      answering = begin(handle);
      if (before.running === 0) return Promise.resolve();
      return new Promise((resolve) => {
        before.onEmpty = resolve;
      });
    },
    listen: () => {
      // It never listens itself, and only of servers that do Node ends connections that are late.
      server.emit('listening');
      return connections.open((connection) => server.emit('connection', connection));
    },
    end: async ({ how, lingerMs, graceMs }) => {
      state = how;
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      const leave = new AbortController();
      const lingered = sleep(Math.min(lingerMs, graceMs), undefined, leave).catch(() => undefined);
      if (how === 'retiring') {
        await connections.stop();
        await Promise.race([allClosed(), lingered]);
        leave.abort();
      } else {
        await lingered;
        await connections.stop();
      }
      // Requests that have arrived are read first: their connections are not idle.
      await nextTurn();
      server.closeIdleConnections();
      await allClosed();
      clearTimeout(cut);
      server.close();
    },
  };
}

function begin(handle: RequestListener): Answering {
  return { handle, running: 0, onEmpty: () => undefined };
}

/** Node looks after connections at intervals: a request that is late is ended at most a quarter of its time later. */
function socketOptions({ headerBytes, headersTime, receiveTime }: RequestLimits): ServerOptions {
  const shorterMs = Math.min(headersTime, receiveTime);
  return {
    maxHeaderSize: headerBytes,
    requestTimeout: receiveTime,
    headersTimeout: shorterMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.max(20, Math.floor(shorterMs / 4)),
    // Answered by the gateway, in the shape of all other errors.
    requireHostHeader: false,
  };
}

/** Longer than proxies keep theirs, or they would send a request on a connection that is being closed here. */
const KEEP_ALIVE_MS = 72_000;

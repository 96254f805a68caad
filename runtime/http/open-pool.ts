import { Pool } from 'undici';

/** Simultaneous requests to one origin; more wait in line within their deadline. */
const CONNECTIONS = 64;
/** Shorter than the five seconds of Node's own servers, so that connections rarely go stale. */
const KEEP_ALIVE_MS = 4000;

interface PoolOptions {
  /** Default 64. */
  readonly connections?: number;
  readonly connectTimeoutMs: number;
}

/** Connections to one origin (scheme, host and port); nothing is opened before the first request. */
export function openPool(origin: string, { connections = CONNECTIONS, connectTimeoutMs }: PoolOptions): Pool {
  return new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { timeout: connectTimeoutMs },
    // Every call has its own deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

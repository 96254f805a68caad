import { Pool } from 'undici';

/** Simultaneous requests to one origin; more wait in line within their deadline. */
const CONNECTIONS = 64;
/** Shorter than the five seconds of Node's own servers, so that connections rarely go stale. */
const KEEP_ALIVE_MS = 4000;
const CONNECT_TIMEOUT_MS = 1000;

/** Connections to subgraphs, one pool per origin (scheme, host and port). */
export interface OriginPools {
  poolOf(origin: string): Pool;
  /** Cuts what is still running. */
  close(): Promise<void>;
}

export function createOriginPools(): OriginPools {
  const pools = new Map<string, Pool>();
  return {
    poolOf: (origin) => {
      const known = pools.get(origin);
      if (known !== undefined) return known;
      const pool = new Pool(origin, {
        connections: CONNECTIONS,
        pipelining: 1,
        keepAliveTimeout: KEEP_ALIVE_MS,
        connect: { timeout: CONNECT_TIMEOUT_MS },
        // Every call has its own deadline.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      pools.set(origin, pool);
      return pool;
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

import type { Pool } from 'undici';
import { openPool } from '../../runtime/http/open-pool.js';

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
      const pool = openPool(origin, { connectTimeoutMs: CONNECT_TIMEOUT_MS });
      pools.set(origin, pool);
      return pool;
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

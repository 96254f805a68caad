import { type OriginPool, openPool } from '../../runtime/http/open-pool.js';

const CONNECT_TIMEOUT_MS = 1000;

/** Connections to subgraphs, one pool per origin (scheme, host and port). */
export interface OriginPools {
  poolOf(origin: string): OriginPool;
  /** Cuts what is still running. */
  close(): Promise<void>;
}

interface OriginPoolsOptions {
  /** Certificates in PEM of all authorities that subgraphs may have theirs from; default: those that Node trusts. */
  readonly authorities?: readonly string[];
}

export function createOriginPools(options: OriginPoolsOptions = {}): OriginPools {
  const pools = new Map<string, OriginPool>();
  return {
    poolOf: (origin) => {
      const known = pools.get(origin);
      if (known !== undefined) return known;
      const pool = openPool(origin, { ...options, connectTimeoutMs: CONNECT_TIMEOUT_MS });
      pools.set(origin, pool);
      return pool;
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

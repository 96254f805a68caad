import { type ByteBudget, createByteBudget } from '../../runtime/http/byte-budget.js';
import { type OriginPool, openPool } from '../../runtime/http/open-pool.js';

const CONNECT_TIMEOUT_MS = 1000;
const MOST_BYTES = 256 * 1024 * 1024;

/** Connections to subgraphs, one pool per origin (scheme, host and port). */
export interface OriginPools {
  poolOf(origin: string): OriginPool;
  /** What answers of all subgraphs may take together. */
  readonly bytes: ByteBudget;
  /** Cuts what is still running. */
  close(): Promise<void>;
}

interface OriginPoolsOptions {
  /** Certificates in PEM of all authorities that subgraphs may have theirs from; default: those that Node trusts. */
  readonly authorities?: readonly string[];
  /** Of large answers that are being read and decompressed at a time. Default 256 MiB. */
  readonly mostBytes?: number;
}

export function createOriginPools({
  mostBytes = MOST_BYTES,
  ...options
}: OriginPoolsOptions = {}): OriginPools {
  const pools = new Map<string, OriginPool>();
  return {
    bytes: createByteBudget(mostBytes),
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

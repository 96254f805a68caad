import { type ByteBudget, createByteBudget } from '../../runtime/http/byte-budget.js';
import type { OriginClient } from './client/origin-client.js';
import { createPlainClient } from './client/plain/plain-client.js';
import { createUndiciClient } from './client/undici-client.js';

const CONNECT_TIMEOUT_MS = 1000;
const MOST_BYTES = 256 * 1024 * 1024;

/** What calls subgraphs over plain HTTP: a client made for that, or the one for everything. Encrypted calls always go over undici. */
export const CLIENTS = ['plain', 'undici'] as const;
export type ClientName = (typeof CLIENTS)[number];

/** Connections to subgraphs, those of one origin (scheme, host and port) together. */
export interface OriginPools {
  clientOf(origin: string): OriginClient;
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
  /** Default `plain`. */
  readonly client?: ClientName;
}

export function createOriginPools({
  mostBytes = MOST_BYTES,
  client: clientName = 'plain',
  ...options
}: OriginPoolsOptions = {}): OriginPools {
  const clients = new Map<string, OriginClient>();
  return {
    bytes: createByteBudget(mostBytes),
    clientOf: (origin) => {
      const known = clients.get(origin);
      if (known !== undefined) return known;
      const isPlain = clientName === 'plain' && origin.startsWith('http:');
      const client = isPlain
        ? createPlainClient(origin, { connectTimeoutMs: CONNECT_TIMEOUT_MS })
        : createUndiciClient(origin, { ...options, connectTimeoutMs: CONNECT_TIMEOUT_MS });
      clients.set(origin, client);
      return client;
    },
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

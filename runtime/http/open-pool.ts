import { TLSSocket } from 'node:tls';
import { buildConnector, Pool } from 'undici';

/** Simultaneous requests to one origin; more wait in line within their deadline. */
export const CONNECTIONS = 64;
/** Shorter than the five seconds of Node's own servers, so that connections rarely go stale. */
export const KEEP_ALIVE_MS = 4000;

export interface PoolOptions {
  /** Default 64. */
  readonly connections?: number;
  readonly connectTimeoutMs: number;
  /** Certificates in PEM of all authorities that are trusted; default: those that Node trusts. */
  readonly authorities?: readonly string[];
  /** Told with every connection when the certificate of the other side ends, where it has one. */
  readonly onCertificate?: (endsAt: Date) => void;
}

/** Connections to one origin. */
export interface OriginPool {
  /** Keeps its connections. */
  readonly kept: Pool;
  /**
   * Opens a connection for each request: for one that met a kept connection which the other side had forgotten. After a
   * restart of the other side all kept ones are of that kind.
   */
  readonly fresh: Pool;
  /** Cuts what is still running. */
  destroy(): Promise<void>;
}

/** @param origin scheme, host and port; nothing is opened before the first request. */
export function openPool(
  origin: string,
  { connections = CONNECTIONS, connectTimeoutMs, authorities, onCertificate }: PoolOptions,
): OriginPool {
  const connect = { timeout: connectTimeoutMs, ...(authorities !== undefined && { ca: [...authorities] }) };
  const options: Pool.Options = {
    connections,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: onCertificate === undefined ? connect : watchCertificates(connect, onCertificate),
    // Every call has its own deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const kept = new Pool(origin, { ...options, pipelining: 1 });
  const fresh = new Pool(origin, { ...options, pipelining: 0 });
  return {
    kept,
    fresh,
    destroy: async () => {
      await Promise.all([kept.destroy(), fresh.destroy()]);
    },
  };
}

function watchCertificates(
  options: buildConnector.BuildOptions,
  onCertificate: (endsAt: Date) => void,
): buildConnector.connector {
  const connect = buildConnector(options);
  return (to, done) =>
    connect(to, (...[error, socket]) => {
      if (error !== null) return done(error, null);
      if (socket instanceof TLSSocket) {
        const endsAt = new Date(socket.getPeerCertificate().valid_to);
        if (!Number.isNaN(endsAt.getTime())) onCertificate(endsAt);
      }
      done(null, socket);
    });
}

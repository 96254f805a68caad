import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../../../runtime/call/caller.js';

/** Who a request comes from, as its token or application key says. */
export interface Identity {
  readonly caller: Caller;
  readonly kind: 'user' | 'application';
  /** For `@requiresScopes`. */
  readonly scopes: ReadonlySet<string>;
  /** Codes of the legal matters for which it may look at personal data; empty: for none. */
  readonly purposes: ReadonlySet<string>;
  /** An application key may be bound to registered operations. */
  readonly operations: 'any' | 'registered';
}

/** Why nobody is known. */
export interface Unauthenticated {
  readonly reason: /** No token and no key. */
    | 'missing'
    /** It cannot be a token or key of ours, whoever signed it. */
    | 'malformed'
    /** Nobody here vouches for it, or it gives nothing that we know. */
    | 'unknown'
    /** Genuine, but outside the time for which it is good. */
    | 'expired'
    /** Too many failures. */
    | 'locked'
    /** The issuer's keys cannot be had: it may be good. */
    | 'unavailable';
  /** For the log alone; holds no token and no key. */
  readonly detail: string;
  /** When `locked` or `unavailable`: when it makes sense to ask again. */
  readonly retryAfterSeconds?: number;
}

/**
 * Reads who a request comes from; never throws or rejects. Whoever proved it before is known at once.
 *
 * @param address the caller's own: behind a proxy that is trusted, what the proxy says it is.
 */
export type Authenticate = (
  headers: IncomingHttpHeaders,
  address: string,
) => Identity | Promise<Identity | Unauthenticated>;

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
  readonly reason: 'missing' | 'malformed' | 'unknown' | 'expired' | 'locked' | 'unavailable';
  /** For the log alone. */
  readonly detail: string;
}

/** Reads who a request comes from; never rejects. */
export type Authenticate = (
  headers: IncomingHttpHeaders,
  address: string,
) => Promise<Identity | Unauthenticated>;

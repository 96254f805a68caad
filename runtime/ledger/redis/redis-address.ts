import type { Secret } from '../../config/secret.js';

/** Where a Redis is, and how to get in. */
export interface RedisAddress {
  /** `redis://host:6379/0`, or `rediss://` over TLS; without user and password. */
  readonly url: string;
  /** Null: its usual account. */
  readonly user: string | null;
  /** Null: it asks for none. */
  readonly password: Secret | null;
  /** Certificates in PEM of the authority of its certificate, beside those that Node trusts; null: none. */
  readonly authority: string | null;
  /** Begins every key, so that others can use the same Redis. */
  readonly prefix: string;
}

import type { Secret } from '../../../../runtime/config/secret.js';

/** A PostgreSQL that keeps the history, and how to get in. */
export interface HistoryAddress {
  /** `postgres://host:5432/database`, without user and password. */
  readonly url: string;
  readonly user: string;
  /** Null: it asks for none. */
  readonly password: Secret | null;
  /** Certificates in PEM of the authority of its certificate; null: the way to it is not encrypted. */
  readonly authority: string | null;
  /** Holds the tables, and is made where it is absent. One for each county, or department, that is observed for itself. */
  readonly schema: string;
}

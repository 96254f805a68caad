/** A real database server for one test suite, with one empty database of its own. */
export interface TestDatabase {
  /** With account and database; the account may create tables. */
  readonly url: string;
  /** Removes everything again; idempotent. */
  stop(): Promise<void>;
}

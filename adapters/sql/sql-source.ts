import type { Deadline } from '../call-deadline.js';
import type { Statement } from './sql-fragment.js';

/** A connection to one database. It opens itself before the first statement, and again after a failure. */
export interface SqlSource {
  /**
   * Runs one statement and gives its rows as the driver delivers them.
   *
   * @throws {SourceError} and nothing else; when the deadline's signal aborts, the statement is stopped.
   */
  query(statement: Statement, deadline: Deadline): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

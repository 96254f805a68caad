import type { ReadRequest } from '../../source-adapter.js';
import { SourceRejected } from '../../source-error.js';

/**
 * Refuses what cannot be read of a source that neither sorts nor resumes. (Columns of conditions are checked where
 * conditions are compiled.)
 *
 * @param known every column that may be named.
 * @throws {SourceRejected}
 */
export function checkRequest(request: ReadRequest, known: readonly string[]): void {
  const { from, columns, orderBy, after, limit } = request;
  const action = `Cannot read ${from.name}`;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new SourceRejected(`${action}: the limit must be a whole number from 1, but is ${limit}`);
  }
  if (orderBy.length > 0 || after !== undefined) {
    throw new SourceRejected(`${action}: the source must sort by itself, but cannot`);
  }
  const unknown = [...columns, ...(from.latest?.by ?? []), ...(from.latest?.newest ?? [])].find(
    (name) => !known.includes(name),
  );
  if (unknown === undefined) return;
  throw new SourceRejected(
    `${action}: column ${JSON.stringify(unknown)} must be one of ${known.join(', ')}, but is none`,
  );
}

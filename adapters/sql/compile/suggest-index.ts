import { createHash } from 'node:crypto';
import type { ReadRequest } from '../../source-adapter.js';
import type { SqlColumn, SqlIndex, SqlTable } from '../sql-table.js';
import { type RowScope, resolveColumn } from './row-scope.js';

/** The index that would let the source walk a read instead of sorting for it. */
export interface IndexAdvice {
  readonly columns: readonly string[];
  /** Whether the table has one that serves as well. */
  readonly present: boolean;
  /** In the source's own dialect, for its administrator to read and run. */
  readonly statement: string;
}

/**
 * The index over the order's columns, for a `latest` read over what names a group and tells newer from older;
 * null when the read needs neither, and where no index would help.
 *
 * @throws {SourceRejected} when the table has no such column.
 */
export function adviseIndex(request: ReadRequest, scope: RowScope): IndexAdvice | null {
  const { latest } = request.from;
  const wanted =
    latest === undefined ? request.orderBy.map((term) => term.column) : [...latest.by, ...latest.newest];
  const names = [...new Set(wanted)];
  if (names.length === 0) return null;
  const columns = names.map((name) => resolveColumn(scope, name).column);
  const { table } = scope;
  const statement = writeCreateIndex(names, scope);
  if (statement === null) return null;
  return {
    columns: names,
    present: table.indexes.some((index) => serves(index, columns, table)),
    statement,
  };
}

/**
 * Null where no index would help: a view has none, and some columns sort otherwise than every index.
 *
 * @throws {SourceRejected} when the table has no such column.
 */
export function writeCreateIndex(columns: readonly string[], scope: RowScope): string | null {
  const names = [...new Set(columns)];
  const resolved = names.map((name) => resolveColumn(scope, name).column);
  if (scope.table.isView) return null;
  return scope.dialect.createIndex(scope.table, resolved, nameOf(scope.table.name, names));
}

/** Whether the index begins with the columns, in their order, sorted by code point. */
function serves(index: SqlIndex, columns: readonly SqlColumn[], table: SqlTable): boolean {
  // A unique index that is used up leaves no ties, so that the columns after it say nothing.
  const length = Math.min(columns.length, index.columns.length);
  if (length < columns.length && !isUniqueOverPresent(index, table)) return false;
  return columns.slice(0, length).every((column, place) => {
    const isSorted = index.byCodePoint[place] === true && column.numbers?.kind !== 'digits';
    return index.columns[place] === column.name && isSorted;
  });
}

function isUniqueOverPresent(index: SqlIndex, table: SqlTable): boolean {
  return index.unique && index.columns.every((name) => table.columns.get(name)?.nullable === false);
}

/** Names are bounded to 60 bytes in every dialect; the digest keeps two long ones apart. */
function nameOf(table: string, columns: readonly string[]): string {
  const full = `${table}_${columns.join('_')}`;
  const digest = createHash('sha256').update(full).digest('hex').slice(0, 8);
  const readable = full.replace(/[^A-Za-z0-9_]/g, '');
  return readable === full && full.length <= 56 ? `${full}_idx` : `${readable.slice(0, 46)}_${digest}_idx`;
}

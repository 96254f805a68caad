import { columnsOf } from '../../condition.js';
import type { ReadRequest } from '../../source-adapter.js';
import { SourceRejected } from '../../source-error.js';
import { join, raw, type Sql, sql } from '../sql-fragment.js';
import { compileAfter, compileOrderBy } from './compile-order.js';
import { compileSource } from './compile-source.js';
import { type RowScope, resolveColumn } from './row-scope.js';

/** @throws {SourceRejected} when the request names what the table has not, or asks for no whole number of rows. */
export function compileRead(request: ReadRequest, scope: RowScope): Sql {
  const { from, columns, where, orderBy, after, limit } = request;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new SourceRejected(
      `Cannot read ${from.name}: the limit must be a whole number from 1, but is ${limit}`,
    );
  }
  const selected = columns.map((name) => {
    const { column, expression } = resolveColumn(scope, name);
    return raw(scope.dialect.deliver(column, expression));
  });
  const used = new Set([
    ...columns,
    ...orderBy.map((term) => term.column),
    ...columnsOf(orderBy.flatMap((term) => (term.guard === undefined ? [] : [term.guard]))),
  ]);
  // A row of no columns is still a row.
  const list = selected.length === 0 ? raw('1') : join(selected, ', ');
  const source = compileSource(from, where, used, scope);
  const order = compileOrderBy(orderBy, scope);
  if (after === undefined) return sql`SELECT ${list} ${source}${order} LIMIT ${raw(String(limit))}`;
  const position = compileAfter(orderBy, after, scope);
  const glue = raw(hasWhere(request) ? 'AND' : 'WHERE');
  return sql`SELECT ${list} ${source} ${glue} ${position}${order} LIMIT ${raw(String(limit))}`;
}

function hasWhere({ from, where }: ReadRequest): boolean {
  return from.latest !== undefined || where.kind !== 'always';
}

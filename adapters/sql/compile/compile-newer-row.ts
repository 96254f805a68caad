import { all, type Condition } from '../../condition.js';
import type { SourceObject } from '../../source-adapter.js';
import { join, raw, type Sql, sql } from '../sql-fragment.js';
import { compileCondition } from './compile-condition.js';
import { type RowScope, resolveColumn } from './row-scope.js';

type Latest = NonNullable<SourceObject['latest']>;

const NEWER_ALIAS = 'n';

/**
 * Whether "no newer row of its group" may be asked row by row instead of ranking the whole table: an index finds a
 * group, no two rows of a group are equally new, and rows without a group are not asked for.
 */
export function canProbeGroups({ by, newest }: Latest, where: Condition, { table }: RowScope): boolean {
  const finds = table.indexes.some(
    ({ columns, byCodePoint }) =>
      by.every((name) => columns.slice(0, by.length).includes(name)) &&
      byCodePoint.slice(0, by.length).every((exact) => exact),
  );
  const ranked = new Set([...by, ...newest]);
  const decides = table.indexes.some(
    ({ unique, columns }) => unique && columns.every((name) => ranked.has(name)),
  );
  const grouped = by.every(
    (name) => table.columns.get(name)?.nullable === false || excludesNull(where, name),
  );
  return by.length > 0 && finds && decides && grouped;
}

function excludesNull(where: Condition, name: string): boolean {
  if (where.kind === 'all') return where.of.some((part) => excludesNull(part, name));
  return where.kind === 'not' && where.of.kind === 'isNull' && where.of.column === name;
}

/** `SELECT` of a row of the same group that is newer; null is older than everything. */
export function compileNewerRow({ by, newest, among }: Latest, scope: RowScope): Sql {
  const { dialect, table } = scope;
  const newer: RowScope = { ...scope, alias: NEWER_ALIAS };
  const cells = (name: string): { readonly own: Sql; readonly other: Sql } => {
    const { column, expression } = resolveColumn(scope, name);
    return {
      own: raw(dialect.exact(column, expression)),
      other: raw(dialect.exact(column, resolveColumn(newer, name).expression)),
    };
  };
  const sameGroup = by.map((name) => {
    const { own, other } = cells(name);
    return sql`${other} = ${own}`;
  });
  const isNewer = newest.map((name, index) => {
    const equalSoFar = newest.slice(0, index).map((earlier) => {
      const { own, other } = cells(earlier);
      return sql`(${other} = ${own} OR (${other} IS NULL AND ${own} IS NULL))`;
    });
    const { own, other } = cells(name);
    const greater = sql`(${other} > ${own} OR (${own} IS NULL AND ${other} IS NOT NULL))`;
    return sql`(${join([...equalSoFar, greater], ' AND ')})`;
  });
  const competes = compileCondition(all([among]), newer);
  const conditions = [...sameGroup, competes, sql`(${join(isNewer, ' OR ')})`];
  return sql`SELECT 1 FROM ${raw(dialect.quote(table.name))} AS ${raw(NEWER_ALIAS)} WHERE ${join(conditions, ' AND ')}`;
}

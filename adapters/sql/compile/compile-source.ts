import { all, type Condition, columnsOf } from '../../condition.js';
import type { SourceObject } from '../../source-adapter.js';
import { join, raw, type Sql, sql } from '../sql-fragment.js';
import { compileCondition } from './compile-condition.js';
import { canProbeGroups, compileNewerRow } from './compile-newer-row.js';
import { ROW_ALIAS, type RowScope, resolveColumn } from './row-scope.js';

/**
 * `FROM … WHERE …` of a table, or of the newest row of each of its groups.
 *
 * @param used columns that the rest of the statement reads.
 */
export function compileSource(
  from: SourceObject,
  where: Condition,
  used: ReadonlySet<string>,
  scope: RowScope,
): Sql {
  const { dialect, table } = scope;
  const plain = raw(`FROM ${dialect.quote(table.name)} AS ${ROW_ALIAS}`);
  if (from.latest === undefined) return sql`${plain}${compileWhere(where, scope)}`;
  const { by, newest, among } = from.latest;
  if (canProbeGroups(from.latest, where, scope)) {
    const outer = compileWhere(all([among, where]), scope);
    const glue = raw(outer.texts.join('') === '' ? ' WHERE' : ' AND');
    return sql`${plain}${outer}${glue} NOT EXISTS (${compileNewerRow(from.latest, scope)})`;
  }
  // A condition on what names a group is the same for all its rows, so it may choose groups beforehand.
  const [early, late] = splitByColumns(where, new Set(by));
  const rank = dialect.quote(unusedName('row_rank', table.columns));
  const columns = new Set([...used, ...columnsOf(late)]);
  const selected = [...columns].map((name) => raw(resolveColumn(scope, name).expression));
  const window = compileWindow(by, newest, scope);
  const competing = compileWhere(all([among, ...early]), scope);
  const inner = sql`SELECT ${join([...selected, window], ', ')} AS ${raw(rank)} ${plain}${competing}`;
  const chosen = raw(`${ROW_ALIAS}.${rank} = 1`);
  const rest = late.length === 0 ? raw('') : sql` AND ${compileCondition(all(late), scope)}`;
  return sql`FROM (${inner}) AS ${raw(ROW_ALIAS)} WHERE ${chosen}${rest}`;
}

function compileWhere(condition: Condition, scope: RowScope): Sql {
  return condition.kind === 'always' ? raw('') : sql` WHERE ${compileCondition(condition, scope)}`;
}

function compileWindow(by: readonly string[], newest: readonly string[], scope: RowScope): Sql {
  const { dialect } = scope;
  const groups = by.map((name) => {
    const { column, expression } = resolveColumn(scope, name);
    return raw(dialect.group(column, expression));
  });
  const order = newest.map((name) => {
    const { column, expression } = resolveColumn(scope, name);
    return dialect.orderTerm(raw(dialect.exact(column, expression)), 'desc', 'last');
  });
  const partition = groups.length === 0 ? raw('') : sql`PARTITION BY ${join(groups, ', ')} `;
  const sorted = order.length === 0 ? raw('') : sql`ORDER BY ${join(order, ', ')}`;
  return sql`ROW_NUMBER() OVER (${partition}${sorted})`;
}

function splitByColumns(condition: Condition, names: ReadonlySet<string>): [Condition[], Condition[]] {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  const early: Condition[] = [];
  const late: Condition[] = [];
  for (const part of parts) {
    if (part.kind === 'always') continue;
    const isEarly = columnsOf([part]).every((name) => names.has(name));
    (isEarly ? early : late).push(part);
  }
  return [early, late];
}

function unusedName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  const names = new Set([...taken.keys()].map((name) => name.toLowerCase()));
  let name = wanted;
  while (names.has(name)) name += '_';
  return name;
}

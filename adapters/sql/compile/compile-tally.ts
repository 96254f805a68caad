import { hasText } from '../../evaluate-condition.js';
import type { GroupTerm, TallyGroup, TallyRequest } from '../../source-adapter.js';
import { SourceMalformed, SourceRejected } from '../../source-error.js';
import type { SourceValue } from '../../source-value.js';
import { join, raw, type Sql, sql } from '../sql-fragment.js';
import { compileSource } from './compile-source.js';
import { type RowScope, resolveColumn } from './row-scope.js';

/** Asks for one group more than allowed, so that too many can be told from just enough. */
export function compileTally(request: TallyRequest, scope: RowScope): Sql {
  const { from, where, groupBy, max = [], maxGroups } = request;
  if (!Number.isSafeInteger(maxGroups) || maxGroups < 1) {
    throw new SourceRejected(
      `Cannot tally ${from.name}: maxGroups must be a whole number from 1, but is ${maxGroups}`,
    );
  }
  const groups = groupBy.map((term) => compileGroup(term, scope));
  const greatest = max.map((name) => {
    const { column, expression } = resolveColumn(scope, name);
    return raw(scope.dialect.max(column, expression));
  });
  const used = new Set([...groupBy.map((term) => term.column), ...max]);
  const source = compileSource(from, where, used, scope);
  const list = join([...groups.map((group) => group.delivered), raw('COUNT(*)'), ...greatest], ', ');
  const keys = groups.map((group) => group.key);
  const grouping = keys.length === 0 ? raw('') : sql` GROUP BY ${join(keys, ', ')}`;
  return sql`SELECT ${list} ${source}${grouping} LIMIT ${raw(String(maxGroups + 1))}`;
}

/** Reads one row of the tally's answer. */
export function decodeTallyRow(row: readonly unknown[], request: TallyRequest, scope: RowScope): TallyGroup {
  const { groupBy, max = [] } = request;
  const key = groupBy.map((term, index) => decodeKey(term, row[index], scope));
  const count = Number(row[groupBy.length]);
  if (!Number.isSafeInteger(count)) {
    throw new SourceMalformed(
      `Cannot tally ${request.from.name}: the count must be a whole number, but is ${row[groupBy.length]}`,
    );
  }
  const greatest = max.map((name, index) =>
    scope.dialect.decode(resolveColumn(scope, name).column, row[groupBy.length + 1 + index]),
  );
  return { key, count, max: greatest };
}

function compileGroup({ column: name, prefix }: GroupTerm, scope: RowScope): { key: Sql; delivered: Sql } {
  const { column, expression } = resolveColumn(scope, name);
  const { dialect } = scope;
  if (prefix === undefined) {
    const key = dialect.group(column, expression);
    return { key: raw(key), delivered: raw(dialect.deliver(column, key)) };
  }
  if (!Number.isSafeInteger(prefix) || prefix < 1 || !hasText(column.type)) {
    throw new SourceRejected(
      `Cannot group by the first ${prefix} characters of ${name}: it needs a positive whole number and a column with text, but the column is ${column.nativeType}`,
    );
  }
  const key = raw(dialect.prefix(dialect.text(column, expression), prefix));
  return { key, delivered: key };
}

function decodeKey({ column: name, prefix }: GroupTerm, cell: unknown, scope: RowScope): SourceValue {
  const { column } = resolveColumn(scope, name);
  if (prefix === undefined) return scope.dialect.decode(column, cell);
  if (cell === null || typeof cell === 'string') return cell;
  throw new SourceMalformed(`Cannot read the prefix of ${name}: it must be text, but is ${typeof cell}`);
}

import type { GroupTerm, TallyGroup, TallyRequest } from '../../source-adapter.js';
import { SourceMalformed, SourceRejected } from '../../source-error.js';
import { join, raw, type Sql, sql } from '../sql-fragment.js';
import { compileSource } from './compile-source.js';
import { type RowScope, resolveColumn } from './row-scope.js';

/** Asks for one group more than allowed, so that too many can be told from just enough. */
export function compileTally(request: TallyRequest, scope: RowScope): Sql {
  const { from, where, groupBy, max = [], atLeast = 1, maxGroups } = request;
  if (!Number.isSafeInteger(maxGroups) || maxGroups < 1) {
    throw new SourceRejected(
      `Cannot tally ${from.name}: maxGroups must be a whole number from 1, but is ${maxGroups}`,
    );
  }
  const groups = compileGroups(groupBy, scope);
  const greatest = max.map((name) => {
    const { column, expression } = resolveColumn(scope, name);
    return raw(scope.dialect.max(column, expression));
  });
  const used = new Set([...groupBy.map((term) => term.column), ...max]);
  const source = compileSource(from, where, used, scope);
  const list = join([...groups.delivered, raw('COUNT(*)'), ...greatest], ', ');
  const { keys } = groups;
  const grouping = keys.length === 0 ? raw('') : sql` GROUP BY ${join(keys, ', ')}`;
  const least = atLeast > 1 ? raw(` HAVING COUNT(*) >= ${Math.trunc(atLeast)}`) : raw('');
  return sql`SELECT ${list} ${source}${grouping}${least} LIMIT ${raw(String(maxGroups + 1))}`;
}

/** Reads the rows of the tally's answer. */
export function compileTallyDecoder(
  request: TallyRequest,
  scope: RowScope,
): (row: readonly unknown[]) => TallyGroup {
  const { groupBy, max = [] } = request;
  const { dialect } = scope;
  const keyed = groupBy.map(({ column }) => resolveColumn(scope, column).column);
  const greatest = max.map((name) => resolveColumn(scope, name).column);
  return (row) => {
    const count = Number(row[keyed.length]);
    if (!Number.isSafeInteger(count)) {
      throw new SourceMalformed(
        `Cannot tally ${request.from.name}: the count must be a whole number, but is ${row[keyed.length]}`,
      );
    }
    return {
      key: keyed.map((column, index) => dialect.decode(column, row[index])),
      count,
      max: greatest.map((column, index) => dialect.decode(column, row[keyed.length + 1 + index])),
    };
  };
}

/** What is grouped by, and what of it is delivered for each term. */
interface Groups {
  readonly keys: readonly Sql[];
  readonly delivered: readonly Sql[];
}

function compileGroups(terms: readonly GroupTerm[], scope: RowScope): Groups {
  const { dialect } = scope;
  if (terms.length > 1 && dialect.groupJointly !== undefined) {
    const expressions = terms.map(({ column: name }) => {
      const { column, expression } = resolveColumn(scope, name);
      return dialect.group(column, expression);
    });
    const { key, parts } = dialect.groupJointly(expressions);
    return { keys: [raw(key)], delivered: parts.map(raw) };
  }
  const groups = terms.map((term) => compileGroup(term, scope));
  return { keys: groups.map(({ key }) => key), delivered: groups.map(({ delivered }) => delivered) };
}

function compileGroup({ column: name }: GroupTerm, scope: RowScope): { key: Sql; delivered: Sql } {
  const { column, expression } = resolveColumn(scope, name);
  const key = scope.dialect.group(column, expression);
  // What is grouped by another expression than the column is its text already.
  return { key: raw(key), delivered: raw(key === expression ? scope.dialect.deliver(column, key) : key) };
}

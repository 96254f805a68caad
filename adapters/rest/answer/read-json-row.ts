import { SourceMalformed } from '../../source-error.js';
import { isJsonObject, type JsonTree, textOfJson } from '../../web/answer/json-tree.js';
import type { WebRow } from '../../web/web-protocol.js';
import { findPath, openText } from './json-paths.js';

/**
 * One object as a row. Its members are columns, those of nested objects by their dotted path (`owner.name`); lists are
 * their JSON text. A column that is wanted is also found as a whole object, and inside a text that is JSON.
 *
 * @throws {SourceMalformed} on what is no object, and on one that gives a column twice.
 */
export function readJsonRow(item: JsonTree, wanted: ReadonlySet<string>, action: string): WebRow {
  const members = openText(item, action);
  if (!isJsonObject(members)) {
    throw new SourceMalformed(`Cannot ${action}: every row must be an object, but one is ${kindOf(members)}`);
  }
  const row = new Map<string, string | null>();
  flatten(members, '', row, action);
  for (const name of wanted) {
    if (row.has(name)) continue;
    const found = findPath(members, name, action);
    if (found !== undefined) row.set(name, textOfJson(found));
  }
  return row;
}

function flatten(
  members: ReadonlyMap<string, JsonTree>,
  prefix: string,
  row: Map<string, string | null>,
  action: string,
): void {
  for (const [name, member] of members) {
    const column = prefix + name;
    if (isJsonObject(member) && member.size > 0) {
      flatten(member, `${column}.`, row, action);
      continue;
    }
    if (row.has(column)) {
      throw new SourceMalformed(
        `Cannot ${action}: a row must have each column once, but one has ${JSON.stringify(column)} twice`,
      );
    }
    row.set(column, textOfJson(member));
  }
}

function kindOf(tree: JsonTree): string {
  return tree === null ? 'null' : Array.isArray(tree) ? 'a list' : 'a plain value';
}

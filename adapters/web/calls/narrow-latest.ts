import { ALWAYS, all, any, type Condition, columnsOf } from '../../condition.js';
import type { SourceObject } from '../../source-adapter.js';

/**
 * What may narrow a fetch. To choose the newest row of a group, all of its competing rows must come; a filter on
 * what tells groups apart leaves out whole groups, any other might leave out just the newest row.
 */
export function narrowingOf({ latest }: SourceObject, where: Condition): Condition {
  return latest === undefined ? where : all([keepColumns(where, new Set(latest.by)), latest.among]);
}

/** The condition as far as it speaks of these columns alone: true wherever the whole is true. */
function keepColumns(condition: Condition, columns: ReadonlySet<string>): Condition {
  switch (condition.kind) {
    case 'all':
      return all(condition.of.map((part) => keepColumns(part, columns)));
    case 'any':
      return any(condition.of.map((part) => keepColumns(part, columns)));
    default:
      return columnsOf([condition]).every((column) => columns.has(column)) ? condition : ALWAYS;
  }
}

import { ALWAYS } from '../../../../adapters/condition.js';
import type { SourceShape } from '../../../../adapters/source-adapter.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import type { InterfaceRows } from '../served-interface.js';
import { readGroups } from '../tally/read-groups.js';

/** Rows that lists cannot show, or not all of them, because their key does not name one row. */
export interface KeyFaults {
  /** Rows with an empty cell in their key. */
  readonly keyless: number;
  /** Keys that several rows have. */
  readonly repeatedKeys: number;
  /** Rows that have one of these. */
  readonly repeatedRows: number;
}

/** What a source's own shape promises of the keys, so that its rows need not be counted. */
interface KeyPromise {
  readonly filled: boolean;
  readonly unique: boolean;
}

export function promiseOf({ mapping }: CompiledInterface, shape: SourceShape): KeyPromise {
  const { key, latest } = mapping;
  const nullable = new Set(shape.columns.filter((column) => column.nullable).map(({ name }) => name));
  const isChosen = latest?.by.every((column) => key.includes(column)) ?? false;
  return {
    filled: key.every((column) => !nullable.has(column)),
    // The newest row of each group is one of a kind by what names the group.
    unique:
      isChosen ||
      shape.indexes.some((index) => index.unique && index.columns.every((column) => key.includes(column))),
  };
}

/**
 * Counts the rows whose key is empty or not their own.
 *
 * @throws {SourceError}
 */
export async function readKeyFaults(
  served: InterfaceRows,
  promise: KeyPromise,
  context: CallContext,
): Promise<KeyFaults> {
  const [keyless, groups] = await Promise.all([
    promise.filled ? 0 : countKeyless(served, context),
    promise.unique ? [] : repeatedGroups(served, context),
  ]);
  return {
    keyless,
    repeatedKeys: groups.length,
    repeatedRows: groups.reduce((sum, { count }) => sum + count, 0),
  };
}

async function countKeyless({ compiled, rows: door }: InterfaceRows, context: CallContext): Promise<number> {
  const { key, limits } = compiled.mapping;
  if (compiled.adapter.capabilities.tallies) {
    const request = { of: 'keyless', where: ALWAYS, groupBy: [], maxGroups: 1 } as const;
    const [group] = await door.tally(request, context);
    return group?.count ?? 0;
  }
  const rows = await door.read(
    { of: 'keyless', columns: key, where: ALWAYS, orderBy: [], limit: limits.maxRowsScanned },
    context,
  );
  return rows.length;
}

async function repeatedGroups(served: InterfaceRows, context: CallContext) {
  const { key: columns } = served.compiled.mapping;
  const groups = await readGroups(served, { columns, where: ALWAYS, atLeast: 2 }, context);
  return groups.filter(({ count }) => count > 1);
}

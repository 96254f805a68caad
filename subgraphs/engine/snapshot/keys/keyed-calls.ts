import { all } from '../../../../adapters/condition.js';
import { evaluateCondition } from '../../../../adapters/evaluate-condition.js';
import type { ReadRequest } from '../../../../adapters/source-adapter.js';
import { SourceMalformed, SourceTooLarge, SourceUnavailable } from '../../../../adapters/source-error.js';
import type { SourceRow } from '../../../../adapters/source-value.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { SourceCalls } from '../../calls/source-calls.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';
import { IS_THERE } from './key-table.js';
import { keysOfCondition } from './keys-of-condition.js';

interface KeptByKeys {
  readonly mapping: InterfaceMapping;
  /** The column by which the source is asked. */
  readonly column: string;
  /** Every column that is kept. */
  readonly columns: readonly string[];
  /** To what was read. */
  readonly kept: SourceCalls;
  readonly live: SourceCalls;
}

/**
 * Calls to an interface that answers for keys alone: keys that a reading has asked for are answered from what it found,
 * others by the source. Rows are picked here, as those of the source are.
 */
export function createKeyedCalls(one: KeptByKeys): SourceCalls {
  const { live } = one;
  return {
    ...live,
    read: async (request, context) => {
      const keys = keysOfCondition(request.where, one.column);
      // Without keys it refuses, as the source does.
      if (keys === null) return live.read(request, context);
      if (keys.size === 0) return [];
      const found = await readKept(one, request, [...keys], context).catch((error: unknown) => {
        // What is kept is damaged: it will be read again.
        if (error instanceof SourceMalformed || error instanceof SourceUnavailable) return null;
        throw error;
      });
      if (found === null) return live.read(request, context);
      const { rows, unknown } = found;
      if (unknown.length === 0) return rows.slice(0, request.limit);
      const where = all([request.where, { kind: 'in', column: one.column, values: unknown }]);
      const asked = await live.read({ ...request, where }, context);
      return [...rows, ...asked].slice(0, request.limit);
    },
    // That the source is paused keeps nobody from what was read of it.
    trouble: () => null,
  };
}

/** What is kept of a request's rows, and keys of which nothing is known: both of one version. */
async function readKept(
  { mapping, column, columns, kept }: KeptByKeys,
  { from, columns: shown, where }: ReadRequest,
  keys: readonly string[],
  context: CallContext,
): Promise<{ readonly rows: readonly SourceRow[]; readonly unknown: readonly string[] }> {
  const { maxRowsScanned } = mapping.limits;
  const names = [...columns, IS_THERE];
  const found = await kept.read(
    {
      from: { name: from.name },
      columns: names,
      where: { kind: 'in', column, values: keys },
      orderBy: [],
      limit: keys.length + maxRowsScanned + 1,
    },
    context,
  );
  if (found.length > keys.length + maxRowsScanned) {
    throw new SourceTooLarge(
      `Cannot read ${mapping.interface}: at most ${maxRowsScanned} rows may be scanned, but these keys have more`,
    );
  }
  const place = columns.indexOf(column);
  const known = new Set(found.map((row) => row[place]));
  const isWanted = evaluateCondition(
    where,
    columns.map((name) => ({ name, type: 'text' })),
  );
  const places = shown.map((name) => columns.indexOf(name));
  return {
    rows: found
      .filter((row) => row.at(-1) === '1' && isWanted(row))
      .map((row) => places.map((at) => row[at] ?? null)),
    unknown: keys.filter((key) => !known.has(key)),
  };
}

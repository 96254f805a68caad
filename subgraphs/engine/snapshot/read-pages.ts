import { ALWAYS } from '../../../adapters/condition.js';
import type { SnapshotColumns } from '../../../adapters/snapshot/snapshot-store.js';
import type { OrderTerm, ReadRequest } from '../../../adapters/source-adapter.js';
import { SourceTooLarge } from '../../../adapters/source-error.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';

/** Rows of one page, where a source can be read page by page. */
const PAGE_ROWS = 5000;

/** An interface at its source. */
export interface ReadSource {
  readonly compiled: CompiledInterface;
  readonly calls: SourceCalls;
  /** What is read of each row. */
  readonly columns: readonly string[];
}

interface ReadShape {
  readonly columns: SnapshotColumns;
  /** No two rows have the same key, so that a page can begin behind the last row of the one before. */
  readonly keyIsUnique: boolean;
}

/** What the source says of the columns. One that only sends answers sends texts. @throws {SourceError} */
export async function readShape(
  { compiled, calls, columns }: ReadSource,
  context: CallContext,
): Promise<ReadShape> {
  const { adapter, from, mapping } = compiled;
  if (!adapter.capabilities.filters) {
    return { columns: columns.map((name) => ({ name, type: 'text' })), keyIsUnique: false };
  }
  const shape = await calls.describe(from.name, context);
  const types = new Map(shape.columns.map(({ name, type }) => [name, type]));
  return {
    columns: columns.map((name) => ({ name, type: types.get(name) ?? 'other' })),
    keyIsUnique: shape.indexes.some(
      (index) => index.unique && index.columns.every((column) => mapping.key.includes(column)),
    ),
  };
}

/** Every row of the interface, before the mapping's `where`: page by page where the source can be read so. */
export async function* readPages(
  source: ReadSource,
  keyIsUnique: boolean,
  context: CallContext,
): AsyncGenerator<readonly SourceRow[]> {
  const { compiled, columns } = source;
  const { orders, keyset } = compiled.adapter.capabilities;
  if (!orders || !keyset || !keyIsUnique) {
    yield await readRows(source, { where: ALWAYS }, context);
    return;
  }
  const { key } = compiled.mapping;
  const orderBy = key.map((column): OrderTerm => ({ column, direction: 'asc', nulls: 'first' }));
  const places = key.map((column) => columns.indexOf(column));
  let after: ReadRequest['after'];
  for (;;) {
    const page = await source.calls.read(
      {
        from: compiled.from,
        columns,
        where: ALWAYS,
        orderBy,
        limit: PAGE_ROWS,
        ...(after !== undefined && { after }),
      },
      context,
    );
    yield page;
    const last = page.at(-1);
    if (page.length < PAGE_ROWS || last === undefined) return;
    after = places.map((place) => last[place] ?? null);
  }
}

/** All rows of a condition at once. @throws {SourceTooLarge} beyond `limits.maxRowsScanned`. */
export async function readRows(
  { compiled, calls, columns }: ReadSource,
  { where }: Pick<ReadRequest, 'where'>,
  context: CallContext,
): Promise<readonly SourceRow[]> {
  const { maxRowsScanned } = compiled.mapping.limits;
  const rows = await calls.read(
    { from: compiled.from, columns, where, orderBy: [], limit: maxRowsScanned + 1 },
    context,
  );
  if (rows.length <= maxRowsScanned) return rows;
  throw new SourceTooLarge(
    `Cannot keep a snapshot of ${compiled.mapping.interface}: it may have ${maxRowsScanned} rows (limits.maxRowsScanned), but has more`,
  );
}

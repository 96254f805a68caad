import type { SnapshotTable, SnapshotVersion } from '../../../adapters/snapshot/snapshot-store.js';
import type { SourceRow, SourceValue } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { changedSince, greatestWatermark, momentBefore } from './changed-rows.js';
import { type ReadSource, readPages, readRows, readShape } from './read-pages.js';
import type { ReadingKind } from './reading-schedule.js';

/** An interface at its source, and where its snapshots are kept. */
export interface ReadInterface extends ReadSource {
  readonly table: SnapshotTable;
  /** Cells as they are kept. */
  readonly keptCell: (column: string) => ((cell: SourceValue) => SourceValue) | null;
}

/**
 * Reads the interface as it is, or what changed since the last reading, and makes that the version that serves.
 *
 * @throws {SourceError} when the source or the store fails: what served before serves on.
 */
export async function takeReading(
  one: ReadInterface,
  kind: ReadingKind,
  context: CallContext,
): Promise<SnapshotVersion> {
  const before = await one.table.serving();
  const since = before?.since ?? null;
  if (kind === 'whole' || before === null || since === null) return readWhole(one, context);
  const where = changedSince(one.compiled, since);
  if (where === null) return readWhole(one, context);
  const startedAt = one.compiled.environment.clock.now();
  const rows = await readRows(one, { where }, context);
  const newest = greatestWatermark(one.compiled, one.columns, rows, null);
  const writer = await one.table.amend();
  try {
    await writer.write(keptRows(one, rows));
    return await writer.publish({
      readAt: startedAt.toISOString(),
      wholeAt: before.wholeAt,
      // Without any row, nothing newer than the last one was seen.
      since: newest === null ? since : momentBefore(one.compiled, startedAt, newest),
    });
  } finally {
    await writer.abandon();
  }
}

async function readWhole(one: ReadInterface, context: CallContext): Promise<SnapshotVersion> {
  const { compiled, table, columns } = one;
  const startedAt = compiled.environment.clock.now();
  const readAt = startedAt.toISOString();
  const shape = await readShape(one, context);
  const writer = await table.begin(shape.columns);
  try {
    let newest: string | null = null;
    for await (const rows of readPages(one, shape.keyIsUnique, context)) {
      newest = greatestWatermark(compiled, columns, rows, newest);
      await writer.write(keptRows(one, rows));
    }
    return await writer.publish({
      readAt,
      wholeAt: readAt,
      since: momentBefore(compiled, startedAt, newest),
    });
  } finally {
    await writer.abandon();
  }
}

/** Rows as they are kept. @param rows cells in the order of the columns; what stands behind them is kept as it is. */
export function keptRows(
  { columns, keptCell }: ReadInterface,
  rows: readonly SourceRow[],
): readonly SourceRow[] {
  const changes = columns.map(keptCell);
  if (changes.every((change) => change === null)) return rows;
  return rows.map((row) => row.map((cell, index) => changes[index]?.(cell) ?? cell));
}

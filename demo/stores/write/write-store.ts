import type { LegacyCell, LegacyTable } from '../legacy-table.js';

/** Told now and then while a store is written, and once at the end of each table. */
export interface WriteProgress {
  readonly connection: string;
  readonly table: string;
  /** Rows of that table so far. */
  readonly rows: number;
  readonly finished: boolean;
}

export type OnWriteProgress = (progress: WriteProgress) => void;

/**
 * The rows of a table in batches.
 *
 * @throws {RangeError} when a row has not one cell per column; a shorter row would shift cells to other columns.
 */
export function* batchesOf(table: LegacyTable, size: number): Generator<readonly (readonly LegacyCell[])[]> {
  let batch: (readonly LegacyCell[])[] = [];
  let number = 0;
  for (const row of table.rows) {
    number += 1;
    if (row.length !== table.columns.length) {
      throw new RangeError(
        `Cannot write row ${number} of ${table.name}: it must have ${table.columns.length} cells, but has ${row.length}`,
      );
    }
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** `ix_cases_filing_date_1`: unique within a store, 63 characters at most. */
export function indexName(table: LegacyTable, place: number): string {
  const columns = table.indexes[place]?.join('_') ?? '';
  return `ix_${table.name}_${columns}`.slice(0, 58).concat(`_${place + 1}`);
}

/** Columns of the primary key and of indexes, which databases want to be short. */
export function keyColumns(table: LegacyTable): ReadonlySet<string> {
  return new Set([...(table.primaryKey ?? []), ...table.indexes.flat()]);
}

/** @throws {RangeError} when the name holds the quote or a control character: no legacy system has such names. */
export function quoteWith(quote: '"' | '`', name: string): string {
  if (name === '' || /["`'\p{Cc}]/u.test(name)) {
    throw new RangeError(
      `Cannot write ${JSON.stringify(name)}: names must be free of quotes and control characters, and not empty`,
    );
  }
  return quote + name + quote;
}

/** Lets timers and sockets have their turn during a long synchronous stretch. */
export function takeBreath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

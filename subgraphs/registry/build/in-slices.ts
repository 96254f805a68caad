import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';

/** A build shares its thread with requests: it hands it back after this long. */
const SLICE_MS = 6;

/** Handles items in transactions of a few milliseconds each and lets others run in between. */
export async function inSlices<T>(
  db: Database,
  items: readonly T[],
  handle: (item: T) => void,
  signal: AbortSignal,
): Promise<void> {
  let index = 0;
  const slice = db.transaction(() => {
    const until = performance.now() + SLICE_MS;
    do {
      const item = items[index];
      if (item === undefined) return;
      handle(item);
      index += 1;
    } while (index < items.length && performance.now() < until);
  });
  while (index < items.length) {
    signal.throwIfAborted();
    slice();
    await nextTurn();
  }
}

/** Calls `handle` for 0 … count − 1, likewise. */
export async function countInSlices(
  count: number,
  handle: (index: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let index = 0;
  while (index < count) {
    signal.throwIfAborted();
    const until = performance.now() + SLICE_MS;
    do {
      handle(index);
      index += 1;
    } while (index < count && (index % 64 !== 0 || performance.now() < until));
    await nextTurn();
  }
}

/** Walks a query page by page: `read` gives the rows after a position, `handle` sees each once. */
export async function walkRows<Row>(
  db: Database,
  read: (after: Row | undefined) => readonly Row[],
  handle: (row: Row) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let after: Row | undefined; ; ) {
    const rows = read(after);
    await inSlices(db, rows, handle, signal);
    after = rows.at(-1);
    if (after === undefined) return;
  }
}

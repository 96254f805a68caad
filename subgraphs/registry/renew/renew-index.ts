import type { FeedRow } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { createRowKeeper } from '../build/keep-rows.js';
import { type Walk, type WalkOptions, walkInterface } from '../build/walk-interface.js';
import type { OpenIndex } from '../read/open-index.js';
import type { IndexedSource } from '../read/read-sources.js';

/**
 * Adds to an index what changed in the interfaces since they were read, and interfaces that it lacks. One that cannot
 * tell what changed waits for the next whole build.
 */
export async function renewIndex(
  index: OpenIndex,
  walks: readonly Walk[],
  options: WalkOptions,
): Promise<void> {
  try {
    for (const walk of walks) {
      if (options.signal.aborted) return;
      const source = index.sources.find((one) => one.interface === walk.info.name);
      const where = source === undefined ? EVERYTHING : whatIsNew(source);
      if (where !== null) await renewSource(index, walk, where, options);
    }
  } finally {
    index.keepNotes();
  }
}

const EVERYTHING: RowCondition = { all: [] };

/** Rows that the index does not know of an interface; null: it cannot tell. */
function whatIsNew({ interface: name, outcome, mark }: IndexedSource): RowCondition | null {
  if (mark !== null) return { newerThan: [{ interface: name, mark }] };
  return isAbsent(outcome) ? EVERYTHING : null;
}

async function renewSource(
  { db, known, note, noteNews }: OpenIndex,
  walk: Walk,
  where: RowCondition,
  options: WalkOptions,
): Promise<void> {
  const { info } = walk;
  const keepRow = createRowKeeper(db, info, options.personKey);
  // Of a subject that no register knows, rows are found by the spellings alone.
  const addSpelling = db.prepare<[string, string]>(
    'INSERT OR IGNORE INTO spelling (ref, held) VALUES (?, ?)',
  );
  const keep = (row: FeedRow): void => {
    if (keepRow(row)) noteNews();
    for (const { ref, held } of row.refs?.spellings ?? [])
      if (addSpelling.run(ref, held).changes > 0) known.delete(ref);
  };
  const { outcome, mark } = await walkInterface(walk, where, db, keep, options);
  // What was read of an interface that broke off is right, and is read again.
  const { name, kind, numbers = [] } = info;
  if (!isAbsent(outcome)) note({ interface: name, kind, outcome, numbers, mark });
}

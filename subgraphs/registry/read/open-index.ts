import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { type IndexMeta, readMeta } from '../index-meta.js';
import { type Crowd, readCrowds } from './crowds.js';

/** One finished index, open for reading. It stays open while a question is being answered from it. */
export interface OpenIndex {
  readonly db: Database.Database;
  readonly meta: IndexMeta;
  readonly outcomes: readonly InterfaceOutcome[];
  readonly crowds: readonly Crowd[];
  use<T>(work: (index: OpenIndex) => Promise<T>): Promise<T>;
  /** Closes when the last question that uses it is answered. */
  retire(): void;
}

/** Null when there is no file, or none that this version can read. */
export function openIndex(file: string): OpenIndex | null {
  if (!existsSync(file)) return null;
  const db = openDatabase(file);
  if (db === null) return null;
  try {
    const meta = readMeta(db);
    if (meta !== null) return serveIndex(db, meta);
  } catch (error) {
    // Another table layout, or no database at all: the index is derived data and is built anew.
    if (!isSqliteError(error) && !(error instanceof SyntaxError)) throw error;
  }
  db.close();
  return null;
}

function openDatabase(file: string): Database.Database | null {
  try {
    const db = new Database(file, { readonly: true });
    db.pragma('cache_size = -65536');
    db.pragma('mmap_size = 268435456');
    return db;
  } catch (error) {
    if (isSqliteError(error)) return null;
    throw error;
  }
}

function serveIndex(db: Database.Database, meta: IndexMeta): OpenIndex {
  let users = 0;
  let retired = false;
  const closeWhenIdle = (): void => {
    if (retired && users === 0) db.close();
  };
  const index: OpenIndex = {
    db,
    meta,
    outcomes: db
      .prepare<[], { outcome: string }>('SELECT outcome FROM source ORDER BY interface')
      .all()
      .map(({ outcome }) => JSON.parse(outcome) as InterfaceOutcome),
    crowds: readCrowds(db),
    use: async (work) => {
      users += 1;
      try {
        return await work(index);
      } finally {
        users -= 1;
        closeWhenIdle();
      }
    },
    retire: () => {
      retired = true;
      closeWhenIdle();
    },
  };
  return index;
}

/** By its code: the addon keeps the error class of whoever loaded it first in the process. */
function isSqliteError(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('SQLITE_')
  );
}

import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import { type IndexMeta, readMeta } from '../index-meta.js';
import { type Crowd, readCrowds } from './crowds.js';
import { type IndexedSource, readSources, saveSource, withSource } from './read-sources.js';

/** One finished index. It stays open while a question is being answered from it, or something is added to it. */
export interface OpenIndex {
  readonly db: Database.Database;
  readonly meta: IndexMeta;
  /** The interfaces that it was built from, in the order of names. */
  readonly sources: readonly IndexedSource[];
  readonly crowds: readonly Crowd[];
  /** Identities by ref that were read lately. Who adds to what they are made of removes them. */
  readonly known: LRUCache<string, SubjectIdentity>;
  use<T>(work: (index: OpenIndex) => Promise<T>): Promise<T>;
  /** Notes up to where an interface has been read by now, after its rows were added; in the file with `keepNotes`. */
  note(source: IndexedSource): void;
  /** Writes what was noted to the file at once: each write waits for the disk. Notes that are lost are read again. */
  keepNotes(): void;
  /** Whether rows were added since who is who was worked out that tell something new of it; kept in the file. */
  readonly hasNews: boolean;
  noteNews(): void;
  /** Forgets what is known of the file, if another process has written to it since it was looked at last. */
  look(): void;
  /** Closes when the last question that uses it is answered. */
  retire(): void;
}

/** A tally of a county asks for some thousands of refs; about 20 MB when full. */
const KNOWN_REFS = 40_000;

/**
 * Null when there is no file, or none that this version can read.
 *
 * @param isOwn false: another process writes it, and this one only reads.
 */
export function openIndex(
  file: string,
  { isOwn = true }: { readonly isOwn?: boolean } = {},
): OpenIndex | null {
  if (!existsSync(file)) return null;
  const db = openDatabase(file, isOwn);
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

function openDatabase(file: string, isOwn: boolean): Database.Database | null {
  try {
    // What changes in the sources is added by one process. One connection, so that its pages are cached once.
    const db = new Database(file, { fileMustExist: true, readonly: !isOwn });
    // The system keeps the file's pages anyway: more here, or the file mapped, would be the same pages in memory twice.
    db.pragma('cache_size = -8192');
    return db;
  } catch (error) {
    if (isSqliteError(error)) return null;
    throw error;
  }
}

function serveIndex(db: Database.Database, meta: IndexMeta): OpenIndex {
  let users = 0;
  let sources = readSources(db);
  let hasNews = db.prepare("SELECT 1 FROM meta WHERE name = 'news'").get() !== undefined;
  const writes = db.prepare<[], number>('PRAGMA data_version').pluck();
  let seenWrites = writes.get();
  let retired = false;
  const noted: IndexedSource[] = [];
  const saveNoted = db.transaction(() => {
    for (const source of noted) saveSource(db, source);
  });
  const closeWhenIdle = (): void => {
    if (retired && users === 0) db.close();
  };
  const index: OpenIndex = {
    db,
    meta,
    get sources() {
      return sources;
    },
    crowds: readCrowds(db),
    known: new LRUCache({ max: KNOWN_REFS }),
    use: async (work) => {
      users += 1;
      try {
        return await work(index);
      } finally {
        users -= 1;
        closeWhenIdle();
      }
    },
    get hasNews() {
      return hasNews;
    },
    noteNews: () => {
      if (!hasNews) db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('news', '')").run();
      hasNews = true;
    },
    look: () => {
      const now = writes.get();
      if (now === seenWrites) return;
      seenWrites = now;
      sources = readSources(db);
      index.known.clear();
    },
    note: (source) => {
      noted.push(source);
      sources = withSource(sources, source);
    },
    keepNotes: () => {
      saveNoted();
      noted.length = 0;
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

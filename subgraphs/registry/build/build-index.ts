import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type IndexMeta, writeMeta } from '../index-meta.js';
import { INDEX_DDL } from '../index-schema.js';
import { linkRefs } from './link-refs.js';
import { writeSubjects } from './write-subjects.js';

interface BuildOptions {
  /** Writes what the interfaces say. */
  readonly fill: (db: Database.Database) => Promise<void>;
  /** Where the finished index goes. Built beside it, then renamed: a reader sees the old or the new, whole. */
  readonly file: string;
  readonly meta: IndexMeta;
  readonly signal: AbortSignal;
}

/** Builds the index from what the interfaces say, in slices of a few milliseconds. */
export async function buildIndex(options: BuildOptions): Promise<void> {
  const { file, signal } = options;
  const building = `${file}.${process.pid}.building`;
  const scratch = `${file}.${process.pid}.scratch`;
  for (const path of [building, scratch]) rmSync(path, { force: true });
  const db = new Database(building);
  try {
    // Nobody reads the file before it is renamed, and a build that breaks off starts again.
    for (const schema of ['main', 'scratch']) {
      if (schema === 'scratch') db.prepare('ATTACH ? AS scratch').run(scratch);
      db.pragma(`${schema}.journal_mode = OFF`);
      db.pragma(`${schema}.synchronous = OFF`);
      db.pragma(`${schema}.cache_size = -65536`);
    }
    db.exec(INDEX_DDL);
    await options.fill(db);
    const linked = await linkRefs(db, signal);
    await writeSubjects(db, linked, signal);
    writeMeta(db, options.meta);
    db.close();
    // A journal that an earlier process left beside the old file would be applied to the new one.
    rmSync(`${file}-journal`, { force: true });
    renameSync(building, file);
  } finally {
    db.close();
    for (const path of [building, scratch]) rmSync(path, { force: true });
  }
}

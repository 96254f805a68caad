import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { FeedPort } from '../../feed/feed.js';
import { type IndexMeta, writeMeta } from '../index-meta.js';
import { INDEX_DDL } from '../index-schema.js';
import { type HarvestOptions, harvest } from './harvest.js';
import { linkRefs } from './link-refs.js';
import { writeSubjects } from './write-subjects.js';

interface BuildOptions extends HarvestOptions {
  readonly feeds: readonly FeedPort[];
  /** Where the finished index goes. Built beside it, then renamed: a reader sees the old or the new, whole. */
  readonly file: string;
  readonly meta: IndexMeta;
  /** The index that is served now, for what interfaces said that are silent today. */
  readonly previous: Database.Database | null;
}

/** Builds the identity index from the feeds, in slices of a few milliseconds. */
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
    await harvest(options.feeds, db, options.previous, options);
    const linked = await linkRefs(db, signal);
    await writeSubjects(db, linked, signal);
    writeMeta(db, options.meta);
    db.close();
    renameSync(building, file);
  } finally {
    db.close();
    for (const path of [building, scratch]) rmSync(path, { force: true });
  }
}

import type { Database } from 'better-sqlite3';
import { isAbsent } from '../../port/interface-outcome.js';
import { type IndexedSource, readSources, saveSource } from '../read/read-sources.js';
import { inSlices, walkRows } from './in-slices.js';

const PAGE = 1000;

interface KeptSighting {
  readonly n: number;
  readonly key: string;
  readonly said: string;
}
interface KeptMention {
  readonly ref: string;
  readonly held: string;
}
interface KeptNumber {
  readonly field: string;
  readonly number: string;
  readonly key: string;
}

/**
 * Takes over what an interface said when the index was built last: a register that does not answer today must
 * not make the county forget who is who.
 *
 * @param walked how the interface failed now
 * @returns STALE as of the last time, or `walked` when there is nothing to take over
 */
export async function carryOver(
  previous: Database,
  db: Database,
  walked: IndexedSource,
  signal: AbortSignal,
): Promise<IndexedSource> {
  const known = readSources(previous).find((source) => source.interface === walked.interface);
  if (known === undefined || isAbsent(known.outcome)) return walked;
  await dropPartial(db, walked.interface, signal);
  await copyRows(previous, db, walked.interface, signal);
  // What is newer than the old mark is asked for as ever, once the source answers.
  return { ...known, outcome: { ...walked.outcome, state: 'STALE', asOf: known.outcome.asOf } };
}

/** Takes over everything that all interfaces said. */
export async function carryAll(previous: Database, db: Database, signal: AbortSignal): Promise<void> {
  for (const source of readSources(previous)) {
    await copyRows(previous, db, source.interface, signal);
    saveSource(db, source);
  }
}

async function copyRows(previous: Database, db: Database, name: string, signal: AbortSignal): Promise<void> {
  const sightings = previous.prepare<[string, number, number], KeptSighting>(
    'SELECT n, key, said FROM sighting WHERE interface = ? AND n > ? ORDER BY n LIMIT ?',
  );
  const addSighting = db.prepare<[string, string, string]>(
    'INSERT INTO sighting (interface, key, said) VALUES (?, ?, ?)',
  );
  await walkRows(
    db,
    (after: KeptSighting | undefined) => sightings.all(name, after?.n ?? 0, PAGE),
    ({ key, said }) => addSighting.run(name, key, said),
    signal,
  );
  const mentions = previous.prepare<[string, string, string, number], KeptMention>(
    'SELECT ref, held FROM mention WHERE interface = ? AND (ref, held) > (?, ?) ORDER BY ref, held LIMIT ?',
  );
  const addMention = db.prepare<[string, string, string]>(
    'INSERT INTO mention (interface, ref, held) VALUES (?, ?, ?)',
  );
  await walkRows(
    db,
    (after: KeptMention | undefined) => mentions.all(name, after?.ref ?? '', after?.held ?? '', PAGE),
    ({ ref, held }) => addMention.run(name, ref, held),
    signal,
  );
  await copyNumbers(previous, db, name, signal);
}

async function copyNumbers(
  previous: Database,
  db: Database,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const numbers = previous.prepare<[string, string, string, string, number], KeptNumber>(
    `SELECT field, number, key FROM number WHERE interface = ? AND (field, number, key) > (?, ?, ?)
     ORDER BY field, number, key LIMIT ?`,
  );
  // A walk that broke off may have left some.
  const add = db.prepare<[string, string, string, string]>(
    'INSERT OR IGNORE INTO number (interface, field, number, key) VALUES (?, ?, ?, ?)',
  );
  await walkRows(
    db,
    (after: KeptNumber | undefined) =>
      numbers.all(name, after?.field ?? '', after?.number ?? '', after?.key ?? '', PAGE),
    ({ field, number, key }) => add.run(name, field, number, key),
    signal,
  );
}

/** Rows that were read before the interface failed; the previous ones are complete. */
async function dropPartial(db: Database, name: string, signal: AbortSignal): Promise<void> {
  const rows = db.prepare<[string], { n: number }>('SELECT n FROM sighting WHERE interface = ?').all(name);
  const drop = db.prepare<[number]>('DELETE FROM sighting WHERE n = ?');
  await inSlices(db, rows, ({ n }) => drop.run(n), signal);
  const mentions = db
    .prepare<[string], KeptMention>('SELECT ref, held FROM mention WHERE interface = ?')
    .all(name);
  const dropMention = db.prepare<[string, string, string]>(
    'DELETE FROM mention WHERE interface = ? AND ref = ? AND held = ?',
  );
  await inSlices(db, mentions, ({ ref, held }) => dropMention.run(name, ref, held), signal);
}

import type { Database } from 'better-sqlite3';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';
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
  walked: InterfaceOutcome,
  signal: AbortSignal,
): Promise<InterfaceOutcome> {
  const known = readOutcome(previous, walked.interface);
  if (known === null || isAbsent(known)) return walked;
  await dropPartial(db, walked.interface, signal);
  const name = walked.interface;
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
  return { ...walked, state: 'STALE', asOf: known.asOf };
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

function readOutcome(db: Database, name: string): InterfaceOutcome | null {
  const row = db
    .prepare<[string], { outcome: string }>('SELECT outcome FROM source WHERE interface = ?')
    .get(name);
  return row === undefined ? null : (JSON.parse(row.outcome) as InterfaceOutcome);
}

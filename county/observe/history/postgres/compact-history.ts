import type pg from 'pg';
import { DAY, INCIDENTS_KEPT, RAW_KEPT, seconds, TIERS } from '../history-rules.cjs';
import type { HistoryTables } from './history-tables.js';
import { packLoose, putTogether } from './pack-history.js';

/** What waited for days takes longer than other statements may. */
const COMPACT_MS = 120_000;
/** A day is packed when it has been over for so long: little comes later. Seconds. */
const SETTLED = 3600;

/**
 * Packs days that are over, puts together what is old, and forgets what is too old, as the embedded history does, but by whole days: what
 * is kept is so for up to a day more. In a transaction of its own.
 *
 * @param now epoch milliseconds.
 */
export async function compactHistory(
  client: pg.ClientBase,
  tables: HistoryTables,
  now: number,
): Promise<void> {
  const { packed, incident } = tables;
  const at = seconds(now);
  const run = (text: string, values: readonly unknown[]): Promise<unknown> =>
    client.query({ text, values: [...values], query_timeout: COMPACT_MS } as pg.QueryConfig);
  await run(`SET LOCAL statement_timeout = ${COMPACT_MS}`, []);
  await run(packLoose(tables), [Math.floor((at - SETTLED) / DAY) * DAY]);
  let width = 0;
  let kept = RAW_KEPT;
  for (const [wider, keptNext] of TIERS) {
    await run(putTogether(tables, width, wider), [dayOf(at - kept)]);
    width = wider;
    kept = keptNext;
  }
  await run(`DELETE FROM ${packed} WHERE day < $1`, [dayOf(at - kept)]);
  await run(`DELETE FROM ${incident} WHERE until < $1`, [now - INCIDENTS_KEPT * 1000]);
}

/** Days before it are over. */
function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

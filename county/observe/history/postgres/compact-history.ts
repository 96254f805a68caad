import type pg from 'pg';
import { INCIDENTS_KEPT, RAW_KEPT, seconds, TIERS } from '../history-rules.cjs';
import type { HistoryTables } from './history-tables.js';

/** What waited for days takes longer than other statements may. */
const COMPACT_MS = 120_000;

/**
 * Puts together what is old, and forgets what is too old, as the embedded history does. In a transaction of its own.
 *
 * @param now epoch milliseconds.
 */
export async function compactHistory(
  client: pg.ClientBase,
  tables: HistoryTables,
  now: number,
): Promise<void> {
  const { raw, part, incident } = tables;
  const at = seconds(now);
  const run = (text: string, values: readonly unknown[]): Promise<unknown> =>
    client.query({ text, values: [...values], query_timeout: COMPACT_MS } as pg.QueryConfig);
  await run(`SET LOCAL statement_timeout = ${COMPACT_MS}`, []);
  let kept = RAW_KEPT;
  let parts = `SELECT series, at, 1 AS n, value AS low, value AS high, value AS sum, value AS last FROM ${raw} WHERE at < $1`;
  let forget = `DELETE FROM ${raw} WHERE at < $1`;
  for (const [width, keptNext] of TIERS) {
    const before = Math.floor((at - kept) / width) * width;
    await run(putTogether(parts, part, width), [before]);
    await run(forget, [before]);
    parts = `SELECT series, at, n, low, high, sum, last FROM ${part} WHERE width = ${width} AND at < $1`;
    forget = `DELETE FROM ${part} WHERE width = ${width} AND at < $1`;
    kept = keptNext;
  }
  await run(forget, [at - kept]);
  await run(`DELETE FROM ${incident} WHERE until < $1`, [now - INCIDENTS_KEPT * 1000]);
}

function putTogether(parts: string, part: string, width: number): string {
  return `
    WITH parts AS (${parts}), joined AS (
      SELECT series, at / ${width} * ${width} AS start, sum(n) AS n, min(low) AS low, max(high) AS high, sum(sum) AS sum, max(at) AS newest
      FROM parts GROUP BY series, at / ${width})
    INSERT INTO ${part} AS kept (width, series, at, n, low, high, sum, last)
    SELECT ${width}, joined.series, start, joined.n, joined.low, joined.high, joined.sum, parts.last
    FROM joined JOIN parts ON parts.series = joined.series AND parts.at = newest
    ON CONFLICT (series, width, at) DO UPDATE SET
      n = kept.n + excluded.n, low = least(kept.low, excluded.low), high = greatest(kept.high, excluded.high),
      sum = kept.sum + excluded.sum, last = excluded.last`;
}

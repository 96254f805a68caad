import { DAY } from '../history-rules.cjs';
import type { HistoryTables } from './history-tables.js';

/** The parts that rows of `packed` hold, a row each; to be used in a list of FROM. @param rows alias of the rows. */
export function partsOf(rows: string): string {
  return `LATERAL (
    SELECT at, coalesce(n, 1) AS n, coalesce(low, last) AS low, coalesce(high, last) AS high, coalesce(sum, last) AS sum, last
    FROM unnest(${rows}.at, ${rows}.n, ${rows}.low, ${rows}.high, ${rows}.sum, ${rows}.last) AS one (at, n, low, high, sum, last)) AS part`;
}

/** Packs single measurements from before $1, seconds. Of two of the same moment the one that came later counts. */
export function packLoose({ loose, packed }: HistoryTables): string {
  return `
    WITH moved AS (DELETE FROM ${loose} WHERE at < $1 RETURNING series, (at / ${DAY})::integer AS day, (at % ${DAY})::integer AS at, value),
    single AS (
      SELECT series, day, at, value::real AS last, true AS is_late FROM moved
      UNION ALL SELECT kept.series, kept.day, part.at, part.last, false
      FROM ${packed} AS kept JOIN (SELECT DISTINCT series, day FROM moved) AS touched USING (series, day), ${partsOf('kept')}
      WHERE kept.width = 0),
    each AS (SELECT DISTINCT ON (series, day, at) series, day, at, last FROM single ORDER BY series, day, at, is_late DESC)
    INSERT INTO ${packed} (series, day, width, at, last)
    SELECT series, day, 0, array_agg(at ORDER BY at), array_agg(last ORDER BY at) FROM each GROUP BY series, day
    ON CONFLICT (series, day, width) DO UPDATE SET at = excluded.at, last = excluded.last`;
}

/** Makes wider parts, in the place of those of another width, of the days before $1. */
export function putTogether({ packed }: HistoryTables, width: number, wider: number): string {
  return `
    WITH moved AS (DELETE FROM ${packed} WHERE width = ${width} AND day < $1 RETURNING *),
    all_parts AS (
      SELECT moved.series, moved.day, part.* FROM moved, ${partsOf('moved')}
      UNION ALL SELECT kept.series, kept.day, part.*
      FROM ${packed} AS kept JOIN (SELECT DISTINCT series, day FROM moved) AS touched USING (series, day), ${partsOf('kept')}
      WHERE kept.width = ${wider}),
    joined AS (
      SELECT series, day, at / ${wider} * ${wider} AS start, sum(n) AS n, min(low) AS low, max(high) AS high, sum(sum) AS sum,
        (array_agg(last ORDER BY at DESC))[1] AS last
      FROM all_parts GROUP BY series, day, at / ${wider} * ${wider})
    INSERT INTO ${packed} (series, day, width, at, n, low, high, sum, last)
    SELECT series, day, ${wider}, ${['start', 'n', 'low', 'high', 'sum', 'last'].map((name) => `array_agg(${name} ORDER BY start)`).join(', ')}
    FROM joined GROUP BY series, day
    ON CONFLICT (series, day, width) DO UPDATE SET
      at = excluded.at, n = excluded.n, low = excluded.low, high = excluded.high, sum = excluded.sum, last = excluded.last`;
}

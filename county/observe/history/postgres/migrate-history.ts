import pg from 'pg';
import { DAY } from '../history-rules.cjs';
import type { HistoryTables } from './history-tables.js';

/** Series of one statement, none of which may take long. */
const AT_ONCE = 50;

/**
 * Packs what was written before days were packed, when each measurement and each part was a row (`raw` and `part`). In the transaction in which tables
 * are made. A process of that time that goes on beside this one fails to write from then on.
 */
export async function migrateHistory(
  client: pg.ClientBase,
  tables: HistoryTables,
  schema: string,
): Promise<void> {
  const old = (name: string): string => `${pg.escapeIdentifier(schema)}.${name}`;
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS "isOld"', [old('raw')]);
  if (rows[0]?.isOld !== true) return;
  const { rows: known } = await client.query(`SELECT coalesce(max(id), 0) AS most FROM ${tables.series}`);
  for (let from = 0; from <= Number(known[0]?.most); from += AT_ONCE) {
    const these = `series >= ${from} AND series < ${from + AT_ONCE}`;
    await client.query(
      `INSERT INTO ${tables.packed} (series, day, width, at, last)
       SELECT series, at / ${DAY}, 0, array_agg(at % ${DAY} ORDER BY at), array_agg(value ORDER BY at) FROM ${old('raw')} WHERE ${these} GROUP BY 1, 2`,
    );
    const columns = ['n', 'low', 'high', 'sum', 'last'] as const;
    await client.query(
      `INSERT INTO ${tables.packed} (series, day, width, at, ${columns.join(', ')})
       SELECT series, at / ${DAY}, width, array_agg(at % ${DAY} ORDER BY at), ${columns.map((name) => `array_agg(${name} ORDER BY at)`).join(', ')}
       FROM ${old('part')} WHERE ${these} GROUP BY 1, 2, 3`,
    );
  }
  await client.query(`DROP TABLE ${old('raw')}, ${old('part')}`);
}

import type pg from 'pg';
import { rounded, seconds } from '../history-rules.cjs';
import type { HistoryEntry, KeptMeasurement } from '../history-store.js';
import type { HistoryTables } from './history-tables.js';

/** Ids of series by what they are of, as they are in the database for good. */
export type KnownSeries = Map<string, number>;

/** Rows of one statement: what waited for hours is written in several. */
const AT_ONCE = 10_000;

/** Writes an entry, within a transaction. */
export async function writeHistory(
  client: pg.ClientBase,
  tables: HistoryTables,
  known: KnownSeries,
  { measurements, incidents, remembered }: HistoryEntry,
): Promise<void> {
  await addSeries(client, tables, known, measurements);
  for (let begin = 0; begin < measurements.length; begin += AT_ONCE) {
    // Of two at one moment the later one counts, as a statement may not write a row twice.
    const rows = new Map(
      measurements.slice(begin, begin + AT_ONCE).map((one) => {
        const series = known.get(keyOf(one)) ?? 0;
        const at = seconds(one.at);
        return [`${series} ${at}`, { series, at, value: rounded(one.value) }] as const;
      }),
    );
    const columns = (['series', 'at', 'value'] as const).map((name) =>
      [...rows.values()].map((row) => row[name]),
    );
    await client.query(
      `INSERT INTO ${tables.loose} (series, at, value) SELECT * FROM unnest($1::integer[], $2::bigint[], $3::double precision[])
       ON CONFLICT (series, at) DO UPDATE SET value = excluded.value`,
      columns,
    );
  }
  // What was noted through another process is not lost to a version that does not know of it.
  const keepsNotes = `CASE WHEN ${tables.incident}.said::jsonb ? 'notes' AND NOT excluded.said::jsonb ? 'notes'
    THEN (excluded.said::jsonb || jsonb_build_object('notes', ${tables.incident}.said::jsonb -> 'notes'))::text ELSE excluded.said END`;
  for (const incident of incidents) {
    const { id, interface: name, cause, since, until } = incident;
    await client.query(
      `INSERT INTO ${tables.incident} (id, interface, cause, since, until, said) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET since = excluded.since, until = excluded.until, said = ${keepsNotes}`,
      [id, name, cause, Math.floor(since), until && Math.floor(until), JSON.stringify(incident)],
    );
  }
  if (remembered.size > 0) {
    await client.query(
      `INSERT INTO ${tables.remembered} (name, said) SELECT * FROM unnest($1::text[], $2::text[])
       ON CONFLICT (name) DO UPDATE SET said = excluded.said`,
      [[...remembered.keys()], [...remembered.values()]],
    );
  }
}

async function addSeries(
  client: pg.ClientBase,
  { series }: HistoryTables,
  known: KnownSeries,
  measurements: readonly KeptMeasurement[],
): Promise<void> {
  const unknown = new Map(
    measurements.filter((one) => !known.has(keyOf(one))).map((one) => [keyOf(one), one] as const),
  );
  if (unknown.size === 0) return;
  const all = [...unknown.values()];
  const columns = [
    all.map((one) => one.interface),
    all.map((one) => one.measure),
    all.map((one) => one.about ?? ''),
  ];
  const given = 'unnest($1::text[], $2::text[], $3::text[]) AS given (interface, measure, about)';
  await client.query(
    `INSERT INTO ${series} (interface, measure, about) SELECT * FROM ${given} ON CONFLICT DO NOTHING`,
    columns,
  );
  const { rows } = await client.query(
    `SELECT id, interface, measure, about FROM ${series} JOIN ${given} USING (interface, measure, about)`,
    columns,
  );
  for (const { id, interface: name, measure, about } of rows) {
    known.set(keyOf({ interface: name, measure, about: about === '' ? null : about }), id);
  }
}

function keyOf({
  interface: name,
  measure,
  about,
}: Pick<KeptMeasurement, 'interface' | 'measure' | 'about'>): string {
  return JSON.stringify([name, measure, about ?? '']);
}

import pg from 'pg';

/** The tables of a history, by their qualified names. */
export type HistoryTables = Readonly<Record<(typeof NAMES)[number], string>>;

const NAMES = ['series', 'loose', 'packed', 'incident', 'remembered', 'turn', 'told', 'held'] as const;

export function tablesIn(schema: string): HistoryTables {
  const names = NAMES.map((name) => [name, `${pg.escapeIdentifier(schema)}.${name}`] as const);
  return Object.fromEntries(names) as HistoryTables;
}

/**
 * A row of PostgreSQL has some 50 bytes of its own with its index, five times as much as a measurement has. So what was measured lies loose,
 * a row each, until its day (of UTC) is over, and then packed: a row for each series, day and width of its parts (0: single measurements), with one
 * array for each column. Six digits are kept, as `real` has them. `at` counts seconds from the day's beginning; `n`, `low`, `high` and `sum` are null
 * where they follow from `last`. Makes what is absent. To be run by one session at a time. */
export function definitionOf(schema: string): string {
  const { series, loose, packed, incident, remembered, turn, told, held } = tablesIn(schema);
  return `
    CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)};
    CREATE TABLE IF NOT EXISTS ${series} (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, interface text NOT NULL, measure text NOT NULL, about text NOT NULL,
      UNIQUE (interface, measure, about));
    CREATE TABLE IF NOT EXISTS ${loose} (series integer, at bigint, value double precision NOT NULL, PRIMARY KEY (series, at));
    CREATE TABLE IF NOT EXISTS ${packed} (
      series integer, day integer, width integer, at integer[] NOT NULL, n integer[], low real[], high real[], sum double precision[],
      last real[] NOT NULL, PRIMARY KEY (series, day, width));
    CREATE TABLE IF NOT EXISTS ${incident} (
      id text PRIMARY KEY, interface text NOT NULL, cause text NOT NULL, since bigint NOT NULL, until bigint, said text NOT NULL);
    CREATE INDEX IF NOT EXISTS incident_since ON ${incident} (since);
    CREATE TABLE IF NOT EXISTS ${remembered} (name text PRIMARY KEY, said text NOT NULL);
    CREATE TABLE IF NOT EXISTS ${turn} (
      one integer PRIMARY KEY CHECK (one = 1), observer text NOT NULL, since bigint NOT NULL, seen timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS ${told} (one integer PRIMARY KEY CHECK (one = 1), at bigint NOT NULL, said bytea NOT NULL);
    CREATE TABLE IF NOT EXISTS ${held} (
      interface text, held text, changed bigint NOT NULL, said text NOT NULL, PRIMARY KEY (interface, held));`;
}

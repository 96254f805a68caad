import pg from 'pg';

/** The tables of a history, by their qualified names. */
export type HistoryTables = Readonly<Record<(typeof NAMES)[number], string>>;

const NAMES = ['series', 'raw', 'part', 'incident', 'remembered', 'turn', 'told'] as const;

export function tablesIn(schema: string): HistoryTables {
  const names = NAMES.map((name) => [name, `${pg.escapeIdentifier(schema)}.${name}`] as const);
  return Object.fromEntries(names) as HistoryTables;
}

/** Makes what is absent. To be run by one session at a time. */
export function definitionOf(schema: string): string {
  const { series, raw, part, incident, remembered, turn, told } = tablesIn(schema);
  return `
    CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)};
    CREATE TABLE IF NOT EXISTS ${series} (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, interface text NOT NULL, measure text NOT NULL, about text NOT NULL,
      UNIQUE (interface, measure, about));
    CREATE TABLE IF NOT EXISTS ${raw} (series integer, at bigint, value double precision NOT NULL, PRIMARY KEY (series, at));
    CREATE INDEX IF NOT EXISTS raw_at ON ${raw} USING brin (at);
    CREATE TABLE IF NOT EXISTS ${part} (
      width integer, series integer, at bigint, n integer NOT NULL, low double precision NOT NULL, high double precision NOT NULL,
      sum double precision NOT NULL, last double precision NOT NULL, PRIMARY KEY (series, width, at));
    CREATE TABLE IF NOT EXISTS ${incident} (
      id text PRIMARY KEY, interface text NOT NULL, cause text NOT NULL, since bigint NOT NULL, until bigint, said text NOT NULL);
    CREATE INDEX IF NOT EXISTS incident_since ON ${incident} (since);
    CREATE TABLE IF NOT EXISTS ${remembered} (name text PRIMARY KEY, said text NOT NULL);
    CREATE TABLE IF NOT EXISTS ${turn} (
      one integer PRIMARY KEY CHECK (one = 1), observer text NOT NULL, since bigint NOT NULL, seen timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS ${told} (one integer PRIMARY KEY CHECK (one = 1), at bigint NOT NULL, said bytea NOT NULL);`;
}

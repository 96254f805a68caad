import Database from 'better-sqlite3';
import {
  COUNTY_OFFSET,
  DAY,
  INCIDENTS_KEPT,
  pointsOf,
  RAW_KEPT,
  rounded,
  seconds,
  TIERS,
} from './history-rules.cjs';

/**
 * The embedded store's side of its thread: one SQLite file. Plain JavaScript, as threads are.
 *
 * @typedef {import('./history-store.js').HistoryEntry} HistoryEntry
 * @typedef {import('../../../subgraphs/port/observation.js').Incident} Incident
 * @typedef {import('../../../subgraphs/port/observation.js').HistoryPoint} HistoryPoint
 * @typedef {import('../../../subgraphs/port/observation.js').HistoryQuestion} HistoryQuestion
 * @typedef {import('../../../subgraphs/port/observation.js').IncidentQuestion} IncidentQuestion
 * @typedef {import('./history-rules.cjs').Part} Part
 */

/** Keys are small integers and rows have no row id: a measurement takes some ten bytes. */
const DDL = `
  CREATE TABLE IF NOT EXISTS series (
    id INTEGER PRIMARY KEY, interface TEXT NOT NULL, measure TEXT NOT NULL, about TEXT NOT NULL,
    UNIQUE (interface, measure, about));
  CREATE TABLE IF NOT EXISTS raw (series INTEGER, at INTEGER, value, PRIMARY KEY (series, at)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS part (
    width INTEGER, series INTEGER, at INTEGER, n INTEGER, low, high, sum, last,
    PRIMARY KEY (width, series, at)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS incident (
    id TEXT PRIMARY KEY, interface TEXT NOT NULL, cause TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER, said TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS incident_since ON incident (since);
  CREATE TABLE IF NOT EXISTS remembered (name TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
`;
const FORMAT = 1;

/**
 * Makes parts of a width of what is older, in the place of it. A bound width would be a float, and divide as one.
 *
 * @param {number} width
 */
const putTogether = (width) => `
  , joined AS (
    SELECT series, at / ${width} * ${width} AS start, sum(n) AS n, min(low) AS low, max(high) AS high, sum(sum) AS sum, max(at) AS newest
    FROM parts GROUP BY series, at / ${width})
  INSERT INTO part (width, series, at, n, low, high, sum, last)
  SELECT ${width}, joined.series, start, joined.n, joined.low, joined.high, joined.sum, parts.last
  FROM joined JOIN parts ON parts.series = joined.series AND parts.at = newest
  WHERE true
  ON CONFLICT (width, series, at) DO UPDATE SET
    n = n + excluded.n, low = min(low, excluded.low), high = max(high, excluded.high),
    sum = sum + excluded.sum, last = excluded.last`;

export class HistoryFile {
  #db;
  /** @type {Map<string, number>} */
  #series = new Map();
  #statements;

  /** @param {string} path */
  constructor(path) {
    const db = new Database(path);
    this.#db = db;
    // What is committed outlives this process, however it ends; a write need not wait for the disk.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -4096');
    db.exec(DDL);
    db.pragma(`user_version = ${FORMAT}`);
    this.#statements = {
      addSeries: db.prepare(
        'INSERT INTO series (interface, measure, about) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET about = about RETURNING id',
      ),
      addRaw: db.prepare('INSERT OR REPLACE INTO raw (series, at, value) VALUES (?, ?, ?)'),
      addIncident: db.prepare(
        'INSERT OR REPLACE INTO incident (id, interface, cause, since, until, said) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      remember: db.prepare('INSERT OR REPLACE INTO remembered (name, said) VALUES (?, ?)'),
    };
  }

  /** @param {HistoryEntry} entry */
  write({ measurements, incidents, remembered }) {
    const { addRaw, addIncident, remember } = this.#statements;
    this.#db.transaction(() => {
      for (const { interface: name, measure, about, value, at } of measurements) {
        addRaw.run(this.#seriesOf(name, measure, about), seconds(at), compact(value));
      }
      for (const incident of incidents) {
        const { id, interface: name, cause, since, until } = incident;
        addIncident.run(id, name, cause, since, until, JSON.stringify(incident));
      }
      for (const [name, said] of remembered) remember.run(name, said);
    })();
  }

  /** @param {number} now */
  load(now) {
    const incidents = this.#db
      .prepare('SELECT said FROM incident WHERE until IS NULL OR until >= ?')
      .pluck()
      .all(now - DAY * 1000);
    const remembered = /** @type {{ name: string, said: string }[]} */ (
      this.#db.prepare('SELECT name, said FROM remembered').all()
    );
    return {
      incidents: incidents.map(readIncident),
      remembered: new Map(remembered.map(({ name, said }) => [name, said])),
    };
  }

  /**
   * @param {HistoryQuestion} question
   * @returns {HistoryPoint[]}
   */
  read({ interface: name, measure, about, from, to }) {
    const series = this.#knownSeries(name, measure, about);
    if (series === null) return [];
    const parts = /** @type {Part[]} */ (
      this.#db
        .prepare(
          `SELECT at, n, low, high, sum, last, width FROM part WHERE width IN (${TIERS.map(([width]) => width).join(', ')}) AND series = @series AND at >= @from AND at < @to
           UNION ALL SELECT at, 1, value, value, value, value, 0 FROM raw WHERE series = @series AND at >= @from AND at < @to
           ORDER BY at`,
        )
        .all({ series, from: seconds(from), to: Math.ceil(to / 1000) })
    );
    return pointsOf(parts, { from, to });
  }

  /**
   * @param {string} name
   * @param {readonly number[]} from
   * @param {number} now
   */
  looks(name, from, now) {
    const series = this.#knownSeries(name, 'REACHABLE', null);
    return from.map((start) => {
      if (series === null) return { looks: 0, answered: 0 };
      const found = /** @type {{ looks: number, answered: number }} */ (
        this.#db
          .prepare(
            `SELECT coalesce(sum(n), 0) AS looks, coalesce(sum(sum), 0) AS answered FROM (
               SELECT n, sum FROM part WHERE width IN (${TIERS.map(([width]) => width).join(', ')}) AND series = @series AND at >= @from AND at <= @to
               UNION ALL SELECT 1, value FROM raw WHERE series = @series AND at >= @from AND at <= @to)`,
          )
          .get({ series, from: seconds(start), to: seconds(now) })
      );
      return found;
    });
  }

  /**
   * @param {string} name
   * @param {number} from
   * @param {number} now
   */
  looksByDay(name, from, now) {
    const series = this.#knownSeries(name, 'REACHABLE', null);
    if (series === null) return [];
    const found = /** @type {{ day: number, looks: number, answered: number }[]} */ (
      this.#db
        .prepare(
          `SELECT (at + ${COUNTY_OFFSET}) / ${DAY} AS day, sum(n) AS looks, sum(sum) AS answered FROM (
             SELECT at, n, sum FROM part WHERE width IN (${TIERS.map(([width]) => width).join(', ')}) AND series = @series AND at >= @from AND at <= @to
             UNION ALL SELECT at, 1, value FROM raw WHERE series = @series AND at >= @from AND at <= @to)
           GROUP BY day ORDER BY day`,
        )
        .all({ series, from: seconds(from), to: seconds(now) })
    );
    return found.map(({ day, looks, answered }) => ({
      at: (day * DAY - COUNTY_OFFSET) * 1000,
      looks,
      answered,
    }));
  }

  /**
   * @param {IncidentQuestion} question
   * @returns {Incident[]}
   */
  incidents({ interfaces, causes, severity, isOpen, from, to, limit }) {
    const wanted = [
      ...(interfaces === undefined ? [] : ['interface IN (SELECT value FROM json_each(@interfaces))']),
      ...(causes === undefined ? [] : ['cause IN (SELECT value FROM json_each(@causes))']),
      ...(severity === undefined ? [] : ["said ->> 'severity' = @severity"]),
      ...(isOpen === undefined ? [] : [`until IS ${isOpen ? '' : 'NOT '}NULL`]),
      ...(from === undefined ? [] : ['(until IS NULL OR until >= @from)']),
      ...(to === undefined ? [] : ['since <= @to']),
    ];
    return this.#db
      .prepare(
        `SELECT said FROM incident ${wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`} ORDER BY until IS NOT NULL, since DESC, id LIMIT @limit`,
      )
      .pluck()
      .all({
        interfaces: JSON.stringify(interfaces ?? []),
        causes: JSON.stringify(causes ?? []),
        severity: severity ?? '',
        from: from ?? 0,
        to: to ?? 0,
        limit,
      })
      .map(readIncident);
  }

  /** @param {number} now */
  compact(now) {
    const at = seconds(now);
    this.#db.transaction(() => {
      let kept = RAW_KEPT;
      let parts =
        'SELECT series, at, 1 AS n, value AS low, value AS high, value AS sum, value AS last FROM raw WHERE at < @before';
      let forget = 'DELETE FROM raw WHERE at < @before';
      for (const [width, keptNext] of TIERS) {
        const before = Math.floor((at - kept) / width) * width;
        this.#db.prepare(`WITH parts AS (${parts}) ${putTogether(width)}`).run({ before });
        this.#db.prepare(forget).run({ before });
        parts = `SELECT series, at, n, low, high, sum, last FROM part WHERE width = ${width} AND at < @before`;
        forget = `DELETE FROM part WHERE width = ${width} AND at < @before`;
        kept = keptNext;
      }
      this.#db.prepare(forget).run({ before: at - kept });
      this.#db.prepare('DELETE FROM incident WHERE until < ?').run(now - INCIDENTS_KEPT * 1000);
    })();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  close() {
    this.#db.close();
  }

  /**
   * @param {string} name
   * @param {string} measure
   * @param {string | null} about
   */
  #seriesOf(name, measure, about) {
    const key = JSON.stringify([name, measure, about]);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const { id } = /** @type {{ id: number }} */ (this.#statements.addSeries.get(name, measure, about ?? ''));
    this.#series.set(key, id);
    return id;
  }

  /**
   * @param {string} name
   * @param {string} measure
   * @param {string | null} about
   * @returns {number | null}
   */
  #knownSeries(name, measure, about) {
    const found = this.#db
      .prepare('SELECT id FROM series WHERE interface = ? AND measure = ? AND about = ?')
      .pluck()
      .get(name, measure, about ?? '');
    return found === undefined ? null : Number(found);
  }
}

/**
 * Whole numbers take least room.
 *
 * @param {number} value
 */
function compact(value) {
  const kept = rounded(value);
  return Number.isInteger(kept) ? BigInt(kept) : kept;
}

/**
 * @param {unknown} said
 * @returns {Incident}
 */
function readIncident(said) {
  return JSON.parse(String(said));
}

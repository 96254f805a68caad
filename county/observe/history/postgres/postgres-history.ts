import pg from 'pg';
import { createBreaker } from '../../../../runtime/call/breaker.js';
import type { Incident, IncidentQuestion } from '../../../../subgraphs/port/observation.js';
import { COUNTY_OFFSET, DAY, type Part, pointsOf, rounded, seconds } from '../history-rules.cjs';
import type { DayCount, HistoryEntry, HistoryStore, LookCount } from '../history-store.js';
import { compactHistory } from './compact-history.js';
import { connectionTo, inTransaction } from './connect-history.js';
import type { HistoryAddress } from './history-address.js';
import { definitionOf, type HistoryTables, tablesIn } from './history-tables.js';
import { migrateHistory } from './migrate-history.js';
import { partsOf } from './pack-history.js';
import { openHolds } from './postgres-holds.js';
import { openTurns } from './postgres-turns.js';
import { TurnSession } from './turn-session.js';
import { type KnownSeries, writeHistory } from './write-history.js';

/** Questions of one process at a time: a page asks for all interfaces at once. */
const QUESTIONS = 4;
const QUESTION_MS = 5000;

/**
 * The history in a PostgreSQL that several processes share, of which one observes at a time (`observing-turns.ts`). Nothing is connected
 * before the first call. While the server is away everything fails, at once after the first time.
 *
 * @param observer names this process, and the one that is started again in its place; another one has another name.
 */
export function openPostgresHistory(address: HistoryAddress, observer: string): HistoryStore {
  const tables = tablesIn(address.schema);
  const session = new TurnSession(address);
  const pool = new pg.Pool({
    ...connectionTo(address, QUESTION_MS),
    statement_timeout: QUESTION_MS,
    max: QUESTIONS,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  // A connection that idles may be lost; the next question opens another.
  pool.on('error', () => undefined);
  const breaker = createBreaker({ opens: 'after-one' });
  const series: KnownSeries = new Map();
  let closing: Promise<void> | null = null;

  let defining: Promise<void> | null = null;
  const ready = (): Promise<void> => {
    defining ??= session
      .run((client) =>
        inTransaction(client, async () => {
          await session.waitToDefine(client);
          await client.query(definitionOf(address.schema));
          await migrateHistory(client, tables, address.schema);
        }),
      )
      .catch((error: unknown) => {
        defining = null;
        throw error;
      });
    return defining;
  };
  const query = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    if (breaker.pauseMs() > 0 || breaker.trial() !== null) {
      throw new Error('Cannot read the history: its server must answer, but has just not');
    }
    return breaker.run(
      async () => {
        await ready();
        return pool.query(text, [...values]);
      },
      (error) => (error instanceof pg.DatabaseError ? 'alive' : 'down'),
    );
  };

  return {
    holds: openHolds({ tables, query }),
    turns: openTurns({ session, tables, observer, query, ready }),
    write: async (entry) => {
      await ready();
      await session.run(async (client) => {
        if (!session.holds) await requireOlder(client, tables.turn, entry);
        await inTransaction(client, () => writeHistory(client, tables, series, entry)).catch(
          (error: unknown) => {
            // Those of a transaction that was rolled back are in no table.
            series.clear();
            throw error;
          },
        );
      });
    },
    load: async (now) => {
      await ready();
      return session.run(async (client) => {
        const incidents = await client.query(
          `SELECT said FROM ${tables.incident} WHERE until IS NULL OR until >= $1`,
          [Math.floor(now) - DAY * 1000],
        );
        const remembered = await client.query(`SELECT name, said FROM ${tables.remembered}`);
        return {
          incidents: incidents.rows.map(readIncident),
          remembered: new Map(remembered.rows.map(({ name, said }) => [name, said])),
        };
      });
    },
    read: async ({ interface: name, measure, about, from, to }) => {
      const { rows } = await query(`SELECT * FROM (${partsFrom(tables)}) AS found ORDER BY at`, [
        name,
        seconds(from),
        Math.ceil(to / 1000) - 1,
        measure,
        about ?? '',
      ]);
      return pointsOf((rows as Part[]).map(withoutNoise), { from, to });
    },
    looks: async (name, from, now) => {
      const starts = from.map(seconds);
      const { rows } = await query(
        `SELECT coalesce(sum(looks.n), 0)::float8 AS looks, coalesce(sum(looks.sum), 0) AS answered
         FROM unnest($6::bigint[]) WITH ORDINALITY AS start (at, place)
         LEFT JOIN (${partsFrom(tables)}) AS looks ON looks.at >= start.at
         GROUP BY place ORDER BY place`,
        [name, Math.min(...starts), seconds(now), ...LOOKS, starts],
      );
      return rows as LookCount[];
    },
    looksByDay: async (name, from, now) => {
      const { rows } = await query(
        `SELECT (floor((at + ${COUNTY_OFFSET}) / ${DAY}) * ${DAY} - ${COUNTY_OFFSET}) * 1000 AS at, sum(n)::float8 AS looks, sum(sum) AS answered
         FROM (${partsFrom(tables)}) AS looks GROUP BY 1 ORDER BY 1`,
        [name, seconds(from), seconds(now), ...LOOKS],
      );
      return rows as DayCount[];
    },
    incidents: async (question) => {
      const { text, values } = incidentsAsked(tables.incident, question);
      return (await query(text, values)).rows.map(readIncident);
    },
    compact: async (now) => {
      await ready();
      await session.run(async (client) => {
        if (session.holds) await inTransaction(client, () => compactHistory(client, tables, now));
      });
    },
    close: () => {
      closing ??= Promise.all([session.close(), pool.end()]).then(() => undefined);
      return closing;
    },
  };
}

/** What looks are kept as: measure, and about what. */
const LOOKS = ['REACHABLE', ''] as const;

/** What is kept of a series: of the interface $1, from $2 to $3, seconds; its measure $4, about $5. */
function partsFrom({ series, packed, loose }: HistoryTables): string {
  const ofIt = `series = (SELECT id FROM ${series} WHERE interface = $1 AND measure = $4 AND about = $5)`;
  return `
    SELECT (kept.day::bigint * ${DAY} + part.at)::float8 AS at, part.n, part.low, part.high, part.sum, part.last, kept.width
    FROM ${packed} AS kept, ${partsOf('kept')}
    WHERE ${ofIt} AND kept.day >= $2::bigint / ${DAY} AND kept.day <= $3::bigint / ${DAY}
      AND kept.day::bigint * ${DAY} + part.at BETWEEN $2::bigint AND $3::bigint
    UNION ALL SELECT at, 1, value, value, value, value, 0 FROM ${loose} WHERE ${ofIt} AND at BETWEEN $2::bigint AND $3::bigint`;
}

/** `real` has no digits beyond those that are kept; a sum of several has. */
function withoutNoise(part: Part): Part {
  const last = rounded(part.last);
  return {
    ...part,
    low: rounded(part.low),
    high: rounded(part.high),
    last,
    sum: part.n === 1 ? last : part.sum,
  };
}

function incidentsAsked(
  table: string,
  { interfaces, causes, severity, isOpen, from, to, limit }: IncidentQuestion,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const wanted = [
    ...(interfaces === undefined ? [] : [`interface = ANY(${given(interfaces)}::text[])`]),
    ...(causes === undefined ? [] : [`cause = ANY(${given(causes)}::text[])`]),
    ...(severity === undefined ? [] : [`said::json ->> 'severity' = ${given(severity)}`]),
    ...(isOpen === undefined ? [] : [`until IS ${isOpen ? '' : 'NOT '}NULL`]),
    ...(from === undefined ? [] : [`(until IS NULL OR until >= ${given(Math.floor(from))}::bigint)`]),
    ...(to === undefined ? [] : [`since <= ${given(Math.floor(to))}::bigint`]),
  ];
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`;
  const order = 'ORDER BY until IS NOT NULL, since DESC, id COLLATE "C"';
  return { text: `SELECT said FROM ${table} ${where} ${order} LIMIT ${given(limit)}`, values };
}

/** What is not older than the turn of whoever observes would be counted twice. */
async function requireOlder(client: pg.Client, turn: string, entry: HistoryEntry): Promise<void> {
  const { rows } = await client.query(`SELECT since::float8 AS since FROM ${turn}`);
  const since = Number(rows[0]?.since ?? Number.NEGATIVE_INFINITY);
  const isOlder =
    entry.remembered.size === 0 &&
    entry.measurements.every(({ at }) => at < since) &&
    entry.incidents.every(({ until }) => until !== null && until < since);
  if (!isOlder) throw new Error('Cannot write the history: it must be the turn of this process, but is not');
}

function readIncident({ said }: { readonly said: string }): Incident {
  return JSON.parse(said);
}

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type pg from 'pg';
import type { InterfaceHealth } from '../../../../subgraphs/port/observation.js';
import type { ObservingTurns, Turn } from '../observing-turns.js';
import type { HistoryTables } from './history-tables.js';
import type { TurnSession } from './turn-session.js';

/** Whoever has the turn says so with every tick of ten seconds. After so many without, it has gone, or hangs. */
const STALE_SECONDS = 25;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

interface TurnParts {
  readonly session: TurnSession;
  readonly tables: HistoryTables;
  /** Names this process, and the one that is started again in its place. */
  readonly observer: string;
  /** A statement that needs no turn. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<pg.QueryResult>;
  /** Resolves when the tables are there. */
  readonly ready: () => Promise<void>;
}

export function openTurns({ session, tables, observer, query, ready }: TurnParts): ObservingTurns {
  const take = async (client: pg.Client, now: number): Promise<Turn> => {
    if (session.holds) {
      await client.query(`UPDATE ${tables.turn} SET seen = clock_timestamp()`);
      return { kind: 'OURS', other: null };
    }
    const { rows } = await client.query(
      `SELECT observer, since::float8 AS since, seen < clock_timestamp() - make_interval(secs => ${STALE_SECONDS}) AS "isStale" FROM ${tables.turn}`,
    );
    const [before] = rows as { observer: string; since: number; isStale: boolean }[];
    const isOurs =
      (await session.lock(client)) || (before?.isStale === true && (await session.lockInstead(client)));
    if (!isOurs)
      return { kind: 'OTHERS', since: before?.observer === observer ? null : (before?.since ?? null) };
    const isSame = before?.observer === observer;
    await client.query(
      `INSERT INTO ${tables.turn} (one, observer, since, seen) VALUES (1, $1, $2, clock_timestamp())
       ON CONFLICT (one) DO UPDATE SET observer = excluded.observer, since = excluded.since, seen = excluded.seen`,
      [observer, isSame ? before.since : now],
    );
    return { kind: 'OURS', other: isSame ? null : (before?.since ?? null) };
  };
  return {
    take: async (now) => {
      await ready();
      return session.run((client) => take(client, now));
    },
    tell: async ({ at, healths }) => {
      const said = await pack(JSON.stringify([...healths]));
      await session.run(async (client) => {
        if (!session.holds) return;
        await client.query(
          `INSERT INTO ${tables.told} (one, at, said) VALUES (1, $1, $2)
           ON CONFLICT (one) DO UPDATE SET at = excluded.at, said = excluded.said`,
          [Math.round(at), said],
        );
      });
    },
    note: async (ids, notes) => {
      await ready();
      const { rows } = await query(
        `UPDATE ${tables.incident} SET said = (said::jsonb || jsonb_build_object('notes', coalesce(said::jsonb -> 'notes', '{}') || $2::jsonb))::text
         WHERE id = ANY($1::text[]) AND until IS NULL RETURNING id`,
        [[...ids], JSON.stringify(notes)],
      );
      return (rows as { id: string }[]).map(({ id }) => id);
    },
    told: async () => {
      await ready();
      const { rows } = await query(`SELECT at::float8 AS at, said FROM ${tables.told}`);
      const [row] = rows as { at: number; said: Buffer }[];
      if (row === undefined) return null;
      const healths = JSON.parse(String(await unpack(row.said))) as [string, InterfaceHealth][];
      return { at: row.at, healths: new Map(healths) };
    },
  };
}

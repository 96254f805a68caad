import type pg from 'pg';
import { ENTRIES_KEPT_MS, type HoldRow, type HoldStore, readHold } from '../../../hands/hold-store.js';
import type { HistoryTables } from './history-tables.js';

interface HoldParts {
  readonly tables: Pick<HistoryTables, 'held'>;
  /** A statement that needs no turn to observe. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<pg.QueryResult>;
}

/** Holds that machines share, beside the history that they share. */
export function openHolds({ tables: { held }, query }: HoldParts): HoldStore {
  return {
    put: async ({ interface: name, held: what, changed, pause }) => {
      // The others' clocks may be ahead: what is said last counts all the same.
      const { rows } = await query(
        `INSERT INTO ${held} AS kept (interface, held, changed, said) VALUES ($1, $2, $3, $4)
         ON CONFLICT (interface, held) DO UPDATE SET changed = greatest(excluded.changed, kept.changed + 1), said = excluded.said
         RETURNING changed::float8 AS changed`,
        [name, what, Math.round(changed), JSON.stringify(pause)],
      );
      await query(`DELETE FROM ${held} WHERE changed < $1`, [Math.round(changed - ENTRIES_KEPT_MS)]);
      return Number(rows[0]?.changed);
    },
    exchange: async (given) => {
      if (given.length > 0) {
        await query(
          `INSERT INTO ${held} AS kept (interface, held, changed, said)
           SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])
           ON CONFLICT (interface, held) DO UPDATE SET changed = excluded.changed, said = excluded.said
           WHERE kept.changed < excluded.changed`,
          [
            given.map((row) => row.interface),
            given.map((row) => row.held),
            given.map(({ changed }) => Math.round(changed)),
            given.map(({ pause }) => JSON.stringify(pause)),
          ],
        );
      }
      const { rows } = await query(`SELECT interface, held, changed::float8 AS changed, said FROM ${held}`);
      return (rows as (Omit<HoldRow, 'pause'> & { said: string })[]).map(({ said, ...row }) => ({
        ...row,
        pause: readHold(said),
      }));
    },
  };
}

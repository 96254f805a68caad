import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ExecutionResult } from 'graphql';
import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../runtime/clock.js';
import { openTestCounty, type TestCounty } from '../county/open-test-county.js';
import { type DemoSystems, openDemoSystems } from '../county/stored-county.js';

/** What a test writes into one of the marine tables. */
export type Cells = Readonly<Record<string, string | number | null>>;

/** A county with an index of numbers beside one that asks its sources as if there were none: what it says is true. */
export interface NumberedCounty {
  readonly systems: DemoSystems;
  indexed(): TestCounty;
  /** Opens the county with the index anew, as after a restart. */
  restart(): Promise<void>;
  /** A row of the fishery police's table, like the first that is there, stamped as changed now. */
  insert(table: MarineTable, cells: Cells): void;
  update(table: MarineTable, key: string, cells: Cells): void;
  remove(table: MarineTable, key: string): void;
  /** The answers of both counties. */
  askBoth(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly indexed: string; readonly plain: string }>;
  close(): Promise<void>;
}

export type MarineTable = 'yz_dljc' | 'yz_aj';

const KEY = { yz_dljc: 'jcid', yz_aj: 'ajbh' } as const;

export async function openNumberedCounty(seed: number): Promise<NumberedCounty> {
  const systems = await openDemoSystems({ seed, size: 'tiny' });
  const folder = await mkdtemp(join(tmpdir(), 'eg-numbers-'));
  const { connections, world, registryFile } = systems;
  const { today } = world;
  let indexed = await openTestCounty({ connections, today, registryFile });
  const plain = await openTestCounty({ connections, today, registryFile: join(folder, 'plain.sqlite') });
  Object.assign(plain.county.registry, {
    numbers: async (_kind: string, wanted: readonly unknown[]) => ({ rows: wanted.map(() => []), read: [] }),
  });
  const config = connections.get('marine');
  if (config?.dialect !== 'sqlite') throw new Error('The marine store must be a SQLite file');
  const store = new Database(config.file);
  const now = (): string =>
    DateTime.fromJSDate(indexed.clock.now(), { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');
  return {
    systems,
    indexed: () => indexed,
    restart: async () => {
      await indexed.close();
      indexed = await openTestCounty({ connections, today, registryFile });
    },
    insert: (table, cells) => {
      const like = store
        .prepare<[], Cells>(
          `SELECT * FROM ${table} WHERE COALESCE(sfsc, '0') <> '1' AND COALESCE(cs_bz, '0') = '0' LIMIT 1`,
        )
        .get();
      const row = { ...like, ...(table === 'yz_dljc' && { ly: '渔政' }), gxsj: now(), ...cells };
      const names = Object.keys(row);
      store
        .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(row));
    },
    update: (table, key, cells) => {
      const row = { gxsj: now(), ...cells };
      const assigned = Object.keys(row).map((name) => `${name} = ?`);
      store
        .prepare(`UPDATE ${table} SET ${assigned.join(', ')} WHERE ${KEY[table]} = ?`)
        .run(...Object.values(row), key);
    },
    remove: (table, key) => {
      store.prepare(`DELETE FROM ${table} WHERE ${KEY[table]} = ?`).run(key);
    },
    askBoth: async (query, variables = {}) => ({
      indexed: comparable(await indexed.ask(query, variables)),
      plain: comparable(await plain.ask(query, variables)),
    }),
    close: async () => {
      store.close();
      await indexed.close();
      await plain.close();
      await systems.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An answer without what differs from one moment to the next. */
function comparable({ data, errors }: ExecutionResult): string {
  return JSON.stringify({ data, errors: errors ?? [] }, (key, value: unknown) =>
    ['tookMs', 'asOf', 'requestId'].includes(key) ? null : value,
  );
}

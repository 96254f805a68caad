import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo } from '../../demo/build-demo.js';
import { writeMysql } from '../../demo/stores/write-mysql.js';
import { writePostgres } from '../../demo/stores/write-postgres.js';
import { generateWorld } from '../../demo/world/generate-world.js';
import type { DemoSize, World } from '../../demo/world/world.js';
import { DEMO_STORES } from '../../gateway/county/demo-county.js';
import type { ConnectionConfig } from '../../runtime/config.js';
import { Secret } from '../../runtime/secret.js';
import { startMariadb } from '../databases/start-mariadb.js';
import { startPostgres } from '../databases/start-postgres.js';
import type { TestDatabase } from '../databases/test-database.js';
import { openTestCounty, type TestCounty } from './open-test-county.js';

export interface CountyOptions {
  readonly seed: number;
  readonly size: DemoSize;
}

/** A demo county of its own, and the truth that it was made from. */
export interface StoredCounty extends TestCounty {
  readonly world: World;
}

/** The county as `npm start` has it: one SQLite file per department. */
export async function openSqliteCounty({ seed, size }: CountyOptions): Promise<StoredCounty> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-demo-'));
  const world = generateWorld({ seed, size });
  const { connections } = await buildDemo({
    folder: join(folder, 'county'),
    seed,
    size,
    stores: DEMO_STORES,
  });
  const files = [...connections].map(([name, file]): [string, ConnectionConfig] => [
    name,
    { dialect: 'sqlite', file: join(folder, 'county', file) },
  ]);
  const county = await openTestCounty(new Map(files), world.today);
  return {
    ...county,
    world,
    close: async () => {
      await county.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same county with market and supervision in PostgreSQL, marine and cases in MariaDB. */
export interface ServedCounty extends StoredCounty {
  readonly postgres: TestDatabase;
  readonly mariadb: TestDatabase;
}

const IN_POSTGRES = ['market', 'supervision'];

export async function openServedCounty({ seed, size }: CountyOptions): Promise<ServedCounty> {
  const world = generateWorld({ seed, size });
  const [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
  const connections = new Map<string, ConnectionConfig>();
  for (const makeStore of DEMO_STORES) {
    const store = makeStore(world);
    if (IN_POSTGRES.includes(store.connection)) {
      await writePostgres(store, { url: postgres.url });
      connections.set(store.connection, { dialect: 'postgres', url: new Secret(postgres.url) });
    } else {
      await writeMysql(store, { url: mariadb.url });
      connections.set(store.connection, { dialect: 'mysql', url: new Secret(mariadb.url) });
    }
  }
  const county = await openTestCounty(connections, world.today);
  return {
    ...county,
    world,
    postgres,
    mariadb,
    close: async () => {
      await county.close();
      await Promise.all([postgres.stop(), mariadb.stop()]);
    },
  };
}

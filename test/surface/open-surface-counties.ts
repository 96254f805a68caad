import type { ConnectionConfig } from '../../adapters/kinds.js';
import { DEMO_STORES } from '../../cli/demo/demo-stores.js';
import { writeMysql } from '../../demo/stores/write/write-mysql.js';
import { writePostgres } from '../../demo/stores/write/write-postgres.js';
import type { World } from '../../demo/world/world.js';
import { Secret } from '../../runtime/config/secret.js';
import { openTestCounty, type TestCounty } from '../county/open-test-county.js';
import type { CountyOptions } from '../county/prepared-county.js';
import { openDemoSystems } from '../county/stored-county.js';
import { startMariadb } from '../databases/start-mariadb.js';
import { startPostgres } from '../databases/start-postgres.js';

/** Legacy systems that are tables of a database; the others are reached over SOAP and REST, or are files. */
const IN_TABLES = ['market', 'marine', 'supervision', 'cases'];

export interface SurfaceCounty extends TestCounty {
  /** Which interfaces are asked: services and files are the same in every county, and slow. */
  readonly interfaces: 'all' | ((name: string) => boolean);
}

/** One world behind three counties, alike but for the database that holds the tables. */
export interface SurfaceCounties {
  readonly world: World;
  /** By the name of the database. */
  readonly counties: ReadonlyMap<string, SurfaceCounty>;
  close(): Promise<void>;
}

/** Services and dropped files are shared by the counties, which only read. */
export async function openSurfaceCounties(options: CountyOptions): Promise<SurfaceCounties> {
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) await close();
  };
  try {
    const systems = await openDemoSystems(options);
    closers.push(systems.close);
    const [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
    closers.push(postgres.stop, mariadb.stop);
    const { world, connections } = systems;
    const stores = DEMO_STORES.map((makeStore) => makeStore(world));
    for (const store of stores.filter(({ connection }) => IN_TABLES.includes(connection))) {
      await Promise.all([writePostgres(store, postgres), writeMysql(store, mariadb)]);
    }
    const counties = new Map<string, SurfaceCounty>();
    for (const [name, database] of [
      ['SQLite', null],
      ['PostgreSQL', { dialect: 'postgres', url: new Secret(postgres.url) }],
      ['MariaDB', { dialect: 'mysql', url: new Secret(mariadb.url) }],
    ] as const) {
      const inDatabase = database === null ? [] : IN_TABLES.map((each) => [each, database] as const);
      const all: ReadonlyMap<string, ConnectionConfig> = new Map([...connections, ...inDatabase]);
      const county = await openTestCounty({ connections: all, today: world.today });
      closers.push(county.close);
      const isTable = (each: string): boolean => IN_TABLES.some((table) => each.startsWith(`${table}.`));
      counties.set(name, { ...county, interfaces: database === null ? 'all' : isTable });
    }
    return { world, counties, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import { demoConnections } from '../../cli/demo/demo-county.js';
import { DEMO_STORES } from '../../cli/demo/demo-stores.js';
import { readDemo } from '../../demo/build-demo.js';
import type { DemoServer } from '../../demo/servers/demo-server.js';
import { closeDemoServers, startDemoServers } from '../../demo/servers/start-demo-servers.js';
import { writeMysql } from '../../demo/stores/write/write-mysql.js';
import { writePostgres } from '../../demo/stores/write/write-postgres.js';
import { generateWorld } from '../../demo/world/generate-world.js';
import type { World } from '../../demo/world/world.js';
import { Secret } from '../../runtime/config/secret.js';
import { openRelay, type Relay } from '../databases/open-relay.js';
import { startMariadb } from '../databases/start-mariadb.js';
import { startPostgres } from '../databases/start-postgres.js';
import type { TestDatabase } from '../databases/test-database.js';
import { openTestCounty, type TestCounty, type TestCountyOptions } from './open-test-county.js';
import { type CountyOptions, copyPreparedCounty } from './prepared-county.js';

/** A demo county of its own, its systems running, and the truth that it was made from. */
export interface StoredCounty extends TestCounty {
  readonly world: World;
  readonly connections: ReadonlyMap<string, ConnectionConfig>;
  /** Systems behind servers, by connection: to break them. */
  readonly servers: ReadonlyMap<string, DemoServer>;
}

/** The county as `npm start` has it: SQLite files, servers on loopback, dropped files. */
export async function openSqliteCounty(
  options: CountyOptions,
  more: Pick<TestCountyOptions, 'snapshotFolder' | 'snapshotStore' | 'clock'> = {},
): Promise<StoredCounty> {
  const demo = await openDemoSystems(options);
  try {
    const { connections, world, registryFile } = demo;
    const county = await openTestCounty({ connections, today: world.today, registryFile, ...more });
    return { ...county, ...demo, close: () => county.close().finally(demo.close) };
  } catch (error) {
    // Servers that nobody closes would keep the process from ending.
    await demo.close();
    throw error;
  }
}

/** A demo county's systems without a gateway. */
export interface DemoSystems extends Pick<StoredCounty, 'world' | 'connections' | 'servers'> {
  /** The index that a gateway over them and the project's mappings would build. */
  readonly registryFile: string;
  close(): Promise<void>;
}

export async function openDemoSystems({ seed, size }: CountyOptions): Promise<DemoSystems> {
  const temporary = mkdtempSync(join(tmpdir(), 'eg-demo-'));
  const { county: folder, registryFile } = await copyPreparedCounty({ seed, size }, temporary);
  const demo = readDemo(folder);
  const servers = await startDemoServers(folder, demo);
  return {
    world: generateWorld({ seed, size }),
    connections: demoConnections(folder, demo, (name) => servers.get(name)?.url ?? ''),
    servers,
    registryFile,
    close: async () => {
      await closeDemoServers(servers);
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

/** The same county with market, supervision and agriculture in PostgreSQL; marine, cases and transport in MariaDB. */
export interface ServedCounty extends StoredCounty {
  readonly postgres: TestDatabase;
  /** The way to MariaDB: to cut it. */
  readonly mariadb: Relay;
}

const IN_POSTGRES = ['market', 'supervision', 'agriculture'];
const IN_MARIADB = ['marine', 'cases', 'transport'];

export async function openServedCounty(options: CountyOptions): Promise<ServedCounty> {
  const [demo, postgres, mariadb] = await Promise.all([
    openDemoSystems(options),
    startPostgres(),
    startMariadb(),
  ]);
  const relay = await openRelay(mariadb.url);
  const { world } = demo;
  const connections = new Map(demo.connections);
  for (const makeStore of DEMO_STORES) {
    const store = makeStore(world);
    if (IN_POSTGRES.includes(store.connection)) {
      await writePostgres(store, { url: postgres.url });
      connections.set(store.connection, { dialect: 'postgres', url: new Secret(postgres.url) });
    } else if (IN_MARIADB.includes(store.connection)) {
      await writeMysql(store, { url: mariadb.url });
      connections.set(store.connection, { dialect: 'mysql', url: new Secret(relay.url) });
    }
  }
  const county = await openTestCounty({ connections, today: world.today });
  return {
    ...county,
    ...demo,
    connections,
    postgres,
    mariadb: relay,
    close: async () => {
      await county.close();
      await relay.cut();
      await Promise.all([demo.close(), postgres.stop(), mariadb.stop()]);
    },
  };
}

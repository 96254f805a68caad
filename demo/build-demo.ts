import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  COUNTY_FILE,
  type ConnectionText,
  type DemoCounty,
  formatCounty,
  sortConnections,
} from './county-file.js';
import { writeDrops } from './drops/write-drops.js';
import type { LegacyStore } from './stores/legacy-table.js';
import { writeSqlite } from './stores/write/write-sqlite.js';
import { generateWorld } from './world/generate-world.js';
import type { DemoSize, World } from './world/world.js';

export { type DemoCounty, readDemo } from './county-file.js';

interface BuildDemoOptions {
  /** Where the county will stand; replaced when it is there already. */
  readonly folder: string;
  readonly seed: number;
  readonly size: DemoSize;
  /** `yyyy-MM-dd`; default of `generateWorld`. */
  readonly today?: string;
  /** At size `province` those behind servers and the dropped files are left out: it is a benchmark of databases. */
  readonly stores: readonly ((world: World) => LegacyStore)[];
  /** Lines for whoever waits. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Builds the county as SQLite files and folders of drops, one per connection, and `county.json`. Everything is written
 * beside the folder and renamed at the end, so that an interrupted build leaves no half county; the same options give
 * the same files.
 */
export async function buildDemo(options: BuildDemoOptions): Promise<DemoCounty> {
  const { folder, seed, size, stores, onProgress = () => undefined } = options;
  const temporary = join(dirname(folder), `.${basename(folder)}-${randomBytes(4).toString('hex')}.tmp`);
  mkdirSync(temporary, { recursive: true });
  try {
    onProgress(`正在生成演示县（${size}，种子 ${seed}）… Making the demo county (${size}, seed ${seed}) …`);
    const world = generateWorld(options);
    const connections = new Map<string, ConnectionText>();
    for (const makeStore of stores) {
      const store = makeStore(world);
      if (size === 'province' && store.access !== undefined) continue;
      if (connections.has(store.connection)) {
        throw new Error(
          `Cannot build the county: every store needs a connection of its own, but ${store.connection} has two`,
        );
      }
      connections.set(store.connection, await writeStore(store, temporary, world.today, onProgress));
    }
    const county = { seed, size, today: world.today, personKey: personKeyOf(seed) };
    writeFileSync(join(temporary, COUNTY_FILE), formatCounty({ ...county, connections }));
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    return { ...county, ...sortConnections(connections) };
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function writeStore(
  store: LegacyStore,
  folder: string,
  today: string,
  onProgress: (text: string) => void,
): Promise<ConnectionText> {
  const { connection, access } = store;
  if (access === 'drops') {
    const files = await writeDrops(store, join(folder, connection), today);
    onProgress(`${connection}: ${files.join(', ')}`);
    return { drops: connection };
  }
  const file = `${connection}.sqlite`;
  await writeSqlite(store, join(folder, file), ({ table, rows, finished }) => {
    if (finished || rows % 100_000 === 0) onProgress(`${connection}.${table}: ${rows} 行 rows`);
  });
  return access === undefined ? { dialect: 'sqlite', file } : { served: access, file };
}

function personKeyOf(seed: number): string {
  return createHash('sha256').update(`enforcement-graph/demo/person-key/${seed}`).digest('hex');
}

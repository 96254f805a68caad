import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LegacyStore } from '../../stores/legacy-table.js';
import { writeSqlite } from '../../stores/write/write-sqlite.js';
import { generateWorld } from '../../world/generate-world.js';
import type { World } from '../../world/world.js';

/** A legacy store as a SQLite file in a folder of its own, and the world that it was written from. */
export interface ServedStore {
  readonly world: World;
  readonly file: string;
  readonly remove: () => void;
}

export async function writeServedStore(makeStore: (world: World) => LegacyStore): Promise<ServedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-served-'));
  const world = generateWorld({ seed: 3, size: 'tiny' });
  const file = join(folder, 'store.sqlite');
  await writeSqlite(makeStore(world), file);
  return { world, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestCounty, type TestCounty } from '../county/open-test-county.js';
import type { DemoSystems } from '../county/stored-county.js';
import { copyCountyRoot } from '../join/county-root.js';

/** Changes to mappings, by their paths below the project. */
type MappingChanges = ReadonlyMap<string, (text: string) => string>;

/**
 * Opens a county over running systems with some mappings changed, and closes it again.
 *
 * @throws {Error} when a change changes nothing.
 */
export async function withChangedCounty(
  { connections, world }: DemoSystems,
  changes: MappingChanges,
  use: (county: TestCounty) => Promise<void>,
): Promise<void> {
  const root = copyCountyRoot();
  try {
    for (const [path, change] of changes) {
      const file = join(root, path);
      const text = readFileSync(file, 'utf8');
      const changed = change(text);
      if (changed === text) throw new Error(`Cannot change ${path}: its text must have what to change`);
      writeFileSync(file, changed);
    }
    const county = await openTestCounty({ connections, today: world.today, root });
    await use(county).finally(() => county.close());
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

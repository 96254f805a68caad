import { join } from 'node:path';
import { buildDemo, readDemo } from '../../demo/build-demo.js';
import { casesStore } from '../../demo/stores/cases.js';
import { marineStore } from '../../demo/stores/marine.js';
import { marketStore } from '../../demo/stores/market.js';
import { supervisionStore } from '../../demo/stores/supervision.js';
import type { DemoSize } from '../../demo/world/world.js';
import type { Config } from '../../runtime/config.js';
import { Secret } from '../../runtime/secret.js';

/** The legacy stores of the demo county, each filled from the same world. */
export const DEMO_STORES = [marketStore, marineStore, supervisionStore, casesStore];

export function demoFolder(root: string, size: DemoSize, seed: number): string {
  return join(root, 'var', 'demo', `${size}-${seed}`);
}

/** The demo county's configuration; builds the county first when it is not there. */
export async function prepareDemoCounty(
  root: string,
  size: DemoSize,
  seed: number,
  onProgress: (text: string) => void,
): Promise<Config> {
  const folder = demoFolder(root, size, seed);
  if (!hasDemoCounty(folder)) await buildDemo({ folder, seed, size, stores: DEMO_STORES, onProgress });
  return demoConfig(folder);
}

/** Whether a folder holds a demo county that this version can read. */
export function hasDemoCounty(folder: string): boolean {
  try {
    readDemo(folder);
    return true;
  } catch {
    return false;
  }
}

/** As `prepareDemoCounty` of a county that is there. */
export function demoConfig(folder: string): Config {
  const { today, personKey, connections } = readDemo(folder);
  return {
    connections: new Map(
      [...connections].map(([name, file]) => [name, { dialect: 'sqlite', file: join(folder, file) }]),
    ),
    personKey: new Secret(personKey),
    // Cursors of the demo survive a restart; a real county configures a key of its own.
    cursorKey: new Secret(`cursor-${personKey}`),
    today,
  };
}

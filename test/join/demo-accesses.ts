import { DEMO_STORES } from '../../cli/demo/demo-stores.js';
import { generateWorld } from '../../demo/world/generate-world.js';

let known: ReadonlyMap<string, string> | undefined;

/** Dialects of the demo county's connections by name, as its connections file would say. */
export function demoAccesses(): ReadonlyMap<string, string> {
  if (known === undefined) {
    const world = generateWorld({ seed: 1, size: 'tiny' });
    known = new Map(
      DEMO_STORES.map((makeStore) => {
        const { connection, access } = makeStore(world);
        return [connection, access === undefined ? 'sqlite' : access === 'drops' ? 'files' : access];
      }),
    );
  }
  return known;
}

// Writes the demo county into PostgreSQL: PG_URL=… node bench/load-province.mjs [size] [seed]

import { DEMO_STORES } from '../dist/cli/demo/demo-stores.js';
import { writePostgres } from '../dist/demo/stores/write/write-postgres.js';
import { generateWorld } from '../dist/demo/world/generate-world.js';

const [size = 'province', seed = '1'] = process.argv.slice(2);
const url = process.env.PG_URL;
if (url === undefined)
  throw new Error('Cannot load: PG_URL must name an empty PostgreSQL database, but is not set.');
const started = performance.now();
const world = generateWorld({ seed: Number(seed), size });
for (const makeStore of DEMO_STORES) {
  const store = makeStore(world);
  await writePostgres(store, { url }, ({ table, rows, finished }) => {
    if (finished || rows % 1_000_000 === 0) {
      console.log(
        `${((performance.now() - started) / 1000).toFixed(0)} s ${store.connection}.${table}: ${rows} rows`,
      );
    }
  });
}

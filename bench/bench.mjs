// Our gateway beside others, under load: npm run bench -- [options]; see bench/README.md
import { cpus } from 'node:os';
import { installCompetitors } from './competitors/install.mjs';
import { runCounty } from './county/run-county.mjs';
import { COMPETITOR_NAMES } from './gateways/gateways.mjs';
import { openGraph } from './graph/open-graph.mjs';
import { COUNTY, readOptions, USAGE } from './options.mjs';
import { pinThisProcess, splitCores } from './process/cores.mjs';
import { runSoak } from './soak.mjs';
import { runWorkload } from './workloads/run-workload.mjs';
import { readWorkload } from './workloads/workloads.mjs';

/** @param {readonly string[]} words @returns {import('./options.mjs').Options} */
function optionsOf(words) {
  try {
    const options = readOptions(words);
    if (options !== null) return options;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** @param {import('./options.mjs').Options} options @returns {Promise<number>} wrong answers */
async function measure(options) {
  let wrong = 0;
  const shop = options.workloads.filter((name) => name !== COUNTY);
  if (shop.length > 0) {
    if (options.gateways.some((name) => COMPETITOR_NAMES.includes(name))) installCompetitors();
    const graph = await openGraph();
    try {
      for (const name of shop) {
        const workload = await readWorkload(name);
        for (const sharesReads of options.sharing) {
          wrong += await runWorkload(workload, { options, cores, graph, sharesReads });
        }
      }
    } finally {
      graph.close();
    }
  }
  if (options.workloads.includes(COUNTY)) wrong += await runCounty(options, cores);
  return wrong;
}

// Whatever was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const options = optionsOf(process.argv.slice(2));
const cores = splitCores();
pinThisProcess(cores.rest);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
console.log(`gateway on core ${cores.gateway ?? 'any'}, load and subgraphs on ${cores.rest ?? 'any'}`);
const wrong = options.soakMinutes > 0 ? await runSoak(options, cores) : await measure(options);
if (wrong > 0) {
  console.error(`${wrong} answers were wrong: no figure above counts.`);
  process.exitCode = 1;
}

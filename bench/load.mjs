// What the gateway does under load and faults: npm run load -- [options]; see bench/README.md
import { cpus } from 'node:os';
import { readLoadOptions, usageOf } from './load/load-options.mjs';
import { SCENARIOS } from './load/scenarios/scenarios.mjs';
import { openStage } from './load/stage.mjs';
import { formatTable } from './report/table.mjs';

/** @param {readonly string[]} words */
function optionsOf(words) {
  try {
    const options = readLoadOptions(
      words,
      SCENARIOS.map(({ name }) => name),
    );
    if (options !== null) return options;
    console.log(usageOf(SCENARIOS));
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usageOf(SCENARIOS)}`);
    process.exit(2);
  }
}

// Whatever was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const options = optionsOf(process.argv.slice(2));
const stage = await openStage(options);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
try {
  for (const { name, run } of SCENARIOS.filter(({ name }) => options.scenarios.includes(name))) {
    console.log(`\n# ${name}\n`);
    for (const { title, head, rows, notes = [] } of await run(stage)) {
      console.log(`\n## ${title}\n\n${formatTable(head, rows)}`);
      if (notes.length > 0) console.log(`\n${notes.join('\n')}`);
    }
  }
} finally {
  stage.close();
}

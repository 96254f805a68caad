// What a county holds in memory at rest, after all examples five times and after an export: node bench/memory.mjs [seconds of rest]
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, usageOf } from './process/process-usage.mjs';
import { readHeaps, readMappings } from './process/split-memory.mjs';
import { freePort, startProcess } from './process/start-process.mjs';

const TIMES = 5;
const EXPORT = `{ inspections { nodes { id department date result subject { id name } } } }`;
const [restSeconds = '60'] = process.argv.slice(2);
const root = new URL('..', import.meta.url).pathname;
const folder = new URL('../examples/queries/', import.meta.url);
const inspectPort = await freePort();
const county = await startProcess(
  {
    words: [`--inspect-port=${inspectPort}`, 'bin/enforcement-graph.js', 'start', '--open', '--port', '0'],
    environment: { DEMO_SIZE: 'county', ...process.env },
    folder: root,
  },
  null,
);
const { pid } = county;
const shown = (/** @type {number} */ megabytes) => megabytes.toFixed(0).padStart(5);

/** @param {string} when */
async function tell(when) {
  const { rssMb, cpuMs, peakRssMb } = usageOf([pid]);
  const others = processTree(pid).slice(1);
  console.log(
    `\n${when}: ${shown(rssMb)} MB, at most ${shown(peakRssMb)}; CPU ${(cpuMs / 1000).toFixed(1)} s; demo's systems ${shown(usageOf(others).rssMb)} MB`,
  );
}

async function split() {
  for (const [kind, megabytes] of [...readMappings(pid)].toSorted((one, other) => other[1] - one[1]))
    console.log(`${shown(megabytes)}  ${kind}`);
  console.log(' used   old young buffers  thread');
  for (const { thread, usedMb, oldMb, youngMb, buffersMb } of await readHeaps(pid, inspectPort))
    console.log(`${shown(usedMb)} ${shown(oldMb)} ${shown(youngMb)}   ${shown(buffersMb)}  ${thread}`);
}

async function askExamples() {
  for (const file of readdirSync(folder)) {
    const query = readFileSync(new URL(file, folder), 'utf8');
    const answer = await fetch(county.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    await answer.arrayBuffer();
  }
}

async function exportInspections() {
  const answer = await fetch(new URL('/export', county.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: EXPORT, format: 'csv' }),
  });
  console.log(
    `\nexport: status ${answer.status}, ${((await answer.arrayBuffer()).byteLength / 1e6).toFixed(1)} MB`,
  );
}

const rest = () => sleep(Number(restSeconds) * 1000);
try {
  await tell('started');
  await rest();
  await tell('at rest');
  for (let time = 0; time < TIMES; time++) await askExamples();
  await tell(`after all examples ${TIMES} times`);
  await rest();
  await tell('at rest again');
  await exportInspections();
  await tell('after the export');
  await rest();
  await tell('at rest at last');
  // The inspector takes some megabytes itself.
  await split();
} finally {
  await county.stop();
}

// What a page of 500 inspections with subject and totalCount costs the gateway, its subgraphs behind HTTP, next to parsing every reply
// and, where BENCH_EARLIER names a built tree, next to that: node bench/page.mjs [--rounds 5] [--pages 20] [--size county]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSubgraphs } from './county/start-counties.mjs';
import { GATEWAYS } from './gateways/gateways.mjs';
import { median } from './load/statistics.mjs';
import { usageOf } from './process/process-usage.mjs';
import { startProcess } from './process/start-process.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    pages: { type: 'string', default: '20' },
    size: { type: 'string', default: 'county' },
  },
});
const SUPERGRAPH = new URL('../schema/supergraph.graphql', import.meta.url).pathname;
const QUERY = new URL('../examples/queries/recent-inspections.graphql', import.meta.url);
const body = JSON.stringify({
  query: readFileSync(QUERY, 'utf8'),
  variables: { from: '1900-01-01', first: 500 },
});

/** @param {string} url @returns {Promise<string>} */
async function ask(url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.text();
}

/** What two answers to the same question do not share. @param {string} answer */
const withoutTimes = (answer) => answer.replace(/"(?:tookMs|asOf|endCursor)":(?:"[^"]*"|[\d.]+|null)/g, '');

const names = ['ours', 'objects', ...(process.env.BENCH_EARLIER === undefined ? [] : ['earlier'])];
const subgraphs = await startSubgraphs(values.size);
/** @type {{ name: string, running: import('./process/start-process.mjs').Running, cpuMs: number[] }[]} */
const gateways = [];
try {
  const setting = { supergraphFile: SUPERGRAPH, sharesReads: true, recordingsFile: '' };
  for (const name of names) {
    const running = await startProcess(await GATEWAYS[name].command(setting), null);
    gateways.push({ name, running, cpuMs: [] });
  }
  const answers = [];
  for (const { running } of gateways) {
    for (let page = 0; page < Number(values.pages); page++) await ask(running.url);
    answers.push(await ask(running.url));
  }
  const [expected = '', ...others] = answers.map(withoutTimes);
  const { data } = JSON.parse(answers[0] ?? '');
  console.log(
    `${data.inspections.nodes.length} of ${data.inspections.totalCount} inspections, ${expected.length} characters`,
  );
  if (others.some((other) => other !== expected)) throw new Error('The gateways do not answer alike');
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { running, cpuMs } of gateways) {
      const before = usageOf([running.pid]).cpuMs;
      for (let page = 0; page < Number(values.pages); page++) await ask(running.url);
      cpuMs.push((usageOf([running.pid]).cpuMs - before) / Number(values.pages));
    }
  }
  const own = median(gateways[0]?.cpuMs ?? []);
  for (const { name, cpuMs } of gateways) {
    const spread = `${Math.min(...cpuMs).toFixed(1)}–${Math.max(...cpuMs).toFixed(1)}`;
    console.log(
      `${name.padEnd(8)} ${median(cpuMs).toFixed(2)} ms of CPU a page (${spread}); ours ÷ it ${(own / median(cpuMs)).toFixed(2)}`,
    );
  }
} finally {
  await Promise.all(gateways.map(({ running }) => running.stop()));
  await subgraphs.stop();
}

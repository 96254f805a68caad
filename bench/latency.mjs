// Median latency of the example queries, one client, keep-alive: node bench/latency.mjs [url] [repeats] [pid]
// With the number of the process that serves, also its CPU time per request (Linux): on a busy machine that says more.
import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'undici';
import { median } from './load/statistics.mjs';
import { usageOf } from './process/process-usage.mjs';

const [url = 'http://127.0.0.1:4000/graphql', repeats = '30', pid] = process.argv.slice(2);
const { origin, pathname } = new URL(url);
const client = new Client(origin);
const folder = new URL('../examples/queries/', import.meta.url);

/** @returns {Promise<{ms: number, body: any}>} */
export async function ask(query, variables = {}) {
  const started = performance.now();
  const { body } = await client.request({
    method: 'POST',
    path: pathname,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await body.json();
  return { ms: performance.now() - started, body: answer };
}

/** Of the process, all its threads; null: nobody asked for it. */
const cpuMs = () => (pid === undefined ? null : usageOf([Number(pid)]).cpuMs);

async function measure(query, variables) {
  const times = [];
  for (let run = 0; run < Number(repeats); run++) {
    const { ms, body } = await ask(query, variables);
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors[0]));
    times.push(ms);
  }
  return median(times);
}

console.log(`query                          cold ms  median ms${pid === undefined ? '' : '   CPU ms'}`);
for (const file of readdirSync(folder)) {
  const query = readFileSync(new URL(file, folder), 'utf8');
  // A comment makes the document new to the gateway: parsed, validated and planned again.
  const cold = await ask(`${query}\n# ${Math.random()}`);
  const before = cpuMs();
  const warm = await measure(query);
  const after = cpuMs();
  const cpu = before === null || after === null ? [] : [((after - before) / Number(repeats)).toFixed(1)];
  console.log(
    file.replace('.graphql', '').padEnd(30),
    cold.ms.toFixed(1).padStart(7),
    warm.toFixed(1).padStart(10),
    ...cpu.map((text) => text.padStart(8)),
  );
}

const page = readFileSync(new URL('recent-inspections.graphql', folder), 'utf8').replace(
  '    totalCount\n',
  '',
);
const walk = `query Walk($after: String) { inspections(orderBy: [{date: DESC}], first: 20, after: $after) { pageInfo { hasNextPage endCursor } } }`;
let after = null;
let pages = 1;
for (; pages < 1000; pages++) {
  const { body } = await ask(walk, { after });
  const { hasNextPage, endCursor } = body.data.inspections.pageInfo;
  if (!hasNextPage) break;
  after = endCursor;
}
const variables = { from: '1900-01-01' };
const first = await measure(page, variables);
const last = await measure(page, { ...variables, after: await cursorOf(pages) });
console.log(
  `page 1: ${first.toFixed(1)} ms, page ${pages}: ${last.toFixed(1)} ms, ratio ${(last / first).toFixed(2)}`,
);
await client.close();

/** The cursor before page `number` of the measured query: cursors belong to one filter. */
async function cursorOf(number) {
  let cursor = null;
  for (let current = 1; current < number; current++) {
    const { body } = await ask(page, { ...variables, after: cursor });
    cursor = body.data.inspections.pageInfo.endCursor;
  }
  return cursor;
}

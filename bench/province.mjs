// Pages, counts, groups and a look-up by number over a county in PostgreSQL: PG_URL=… node bench/province.mjs
// Load it first: PG_URL=… node --max-old-space-size=8000 bench/load-province.mjs
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'graphql';
import { USUAL_SETTINGS } from '../dist/county/config/gateway-settings.js';
import { openCounty } from '../dist/county/open-county.js';
import { createExecutor } from '../dist/gateway/execute/create-executor.js';
import { ANONYMOUS } from '../dist/runtime/call/caller.js';
import { createClockFrom } from '../dist/runtime/clock.js';
import { Secret } from '../dist/runtime/config/secret.js';
import { findProjectRoot } from '../dist/runtime/project-root.js';
import { UNOBSERVED } from '../dist/subgraphs/port/source-observer.js';
import { median } from './load/statistics.mjs';

const url = process.env.PG_URL;
if (url === undefined)
  throw new Error('Cannot measure: PG_URL must name the loaded database, but is not set.');
const root = findProjectRoot();
const folder = mkdtempSync(join(tmpdir(), 'eg-bench-'));
const clock = createClockFrom('2026-06-30');
const connections = new Map(
  ['market', 'marine', 'supervision', 'cases'].map((name) => [
    name,
    { dialect: 'postgres', url: new Secret(url) },
  ]),
);
const key = new Secret('bench-key-of-no-consequence');
const county = await openCounty({
  root,
  config: {
    connections,
    personKey: key,
    cursorKey: key,
    today: '2026-06-30',
    gateway: USUAL_SETTINGS,
    faults: new Map(),
  },
  clock,
  observer: UNOBSERVED,
  registryFile: join(folder, 'registry.sqlite'),
});
const executor = await createExecutor({
  supergraphSdl: readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8'),
  subgraph: ({ name }) => county.subgraphs.get(name),
  observer: { plan: () => undefined, subgraphCall: () => undefined, hiddenError: () => undefined },
});

async function ask(query, variables = {}) {
  const started = performance.now();
  const answer = await executor.execute(
    { document: parse(query), documentId: query, operationName: undefined, variables },
    {
      requestId: 'bench',
      caller: ANONYMOUS,
      signal: new AbortController().signal,
      deadline: Date.now() + 60_000,
      today: clock.today(),
    },
  );
  if (answer.kind === 'refused' || answer.errors.some(({ path }) => path?.length === 1))
    throw new Error(JSON.stringify(answer.errors));
  return { ms: performance.now() - started, data: JSON.parse(answer.data) };
}

const PAGE = `query Page($after: String) {
  inspections(orderBy: [{date: DESC}], first: 20, after: $after) {
    nodes { id interface department date result marine { vesselName } market { disposal } }
    pageInfo { hasNextPage endCursor }
    coverage { interface state rows tookMs }
  }
}`;

const measure = async (after) => {
  const times = [];
  for (let run = 0; run < 30; run++) times.push((await ask(PAGE, { after })).ms);
  return median(times);
};

let after = null;
for (let page = 1; page < 1000; page++)
  after = (await ask(PAGE, { after })).data.inspections.pageInfo.endCursor;
const first = await measure(null);
const thousandth = await measure(after);
console.log(
  `page 1: ${first.toFixed(1)} ms, page 1000: ${thousandth.toFixed(1)} ms, ratio ${(thousandth / first).toFixed(2)}`,
);
console.log(JSON.stringify((await ask(PAGE, { after })).data.inspections.coverage));
const [numbered] = (
  await ask('{ inspections(where: {interface: ["market.inspection"]}, first: 1) { nodes { number } } }')
).data.inspections.nodes;
const PAUSE_MS = 12_000;
const CASES = [
  [
    'one by its number',
    'query($number: String) { inspections(where: {number: $number}) { nodes { id } coverage { interface state rows reason } } }',
    { number: numbered?.number },
  ],
  [
    'a month counted',
    '{ inspections(where: {date: {from: "2026-06-01"}}) { totalCount coverage { interface state rows reason } } }',
  ],
  [
    'by department and year',
    '{ inspectionStats(by: [DEPARTMENT, YEAR], measures: [COUNT]) { buckets { key count } coverage { interface state rows reason } } }',
  ],
  ['everything counted', '{ inspections { totalCount coverage { interface state rows tookMs reason } } }'],
];
for (const [name, query, variables = {}] of CASES) {
  // A source that failed is left alone for some seconds.
  await delay(PAUSE_MS);
  const cold = await ask(query, variables);
  const warm = median([await ask(query, variables), await ask(query, variables)].map(({ ms }) => ms));
  const [[, { coverage, ...answer }]] = Object.entries(cold.data);
  console.log(
    `${name}: cold ${cold.ms.toFixed(0)} ms, warm ${warm.toFixed(0)} ms, ${JSON.stringify(answer).slice(0, 200)}`,
  );
  for (const { state, reason, interface: of } of coverage)
    if (state !== 'LIVE') console.log(`  ${of} ${state}: ${reason}`);
}
await executor.close();
await county.close();
rmSync(folder, { recursive: true, force: true });

// How fast the console is: node bench/console.mjs [--size small] [--runs 5], after `npm run build`. Needs Debian's chromium.
// A demo county with 90 days of history for each interface serves it on loopback; figures are of real pages in Chromium.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { HistoryFile } from '../dist/county/observe/history/history-file.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { size: { type: 'string', default: 'small' }, runs: { type: 'string', default: '5' } },
});
const DAY_MS = 86_400_000;
const DAYS = 90;
/** Looks of the last week are kept one by one, those before by five minutes and by hours. */
const RAW_DAYS = 7;

const state = mkdtempSync(join(tmpdir(), 'eg-bench-console-'));
const county = await start();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const names = await fillHistory();
  const [coldMs, warmMs] = [await timeDays(), await timeDays()];
  const runs = [];
  for (let run = 0; run < Number(values.runs); run++) runs.push(await open());
  const middle = (key) => runs.map((run) => run[key]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
  console.log(`${names} interfaces × ${DAYS} days, the middle of ${runs.length} runs with an empty cache`);
  console.log(
    `90 days of all, told     ${coldMs.toFixed(0)} ms the first time, then ${warmMs.toFixed(0)} ms`,
  );
  console.log(`first paint              ${middle('firstPaintMs').toFixed(0)} ms`);
  console.log(`files, compressed        ${(middle('bytes') / 1000).toFixed(0)} kB`);
  console.log(`first numbers shown      ${middle('shownMs').toFixed(0)} ms after the address was entered`);
  console.log(`answer → table painted   ${middle('tableMs').toFixed(0)} ms`);
  console.log(`answer → strips painted  ${middle('stripsMs').toFixed(0)} ms`);
} finally {
  await browser.close();
  county.child.kill('SIGINT');
  await county.ended;
  rmSync(state, { recursive: true, force: true });
}

/** The demo county, in a process of its own. */
function start() {
  const child = spawn(process.execPath, [join(ROOT, 'bin/enforcement-graph.js'), 'start', '--port', '0'], {
    env: { ...process.env, STATE_DIRECTORY: state, DEMO_SIZE: values.size, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    let said = '';
    void ended.then(() => reject(new Error(`it ended: ${said}`)));
    child.stdout.setEncoding('utf8').on('data', (part) => {
      said += part;
      const address = /Console: (\S+)/.exec(said)?.[1];
      const graph = /GraphQL: (\S+)/.exec(said)?.[1];
      if (address !== undefined && graph !== undefined) resolve({ child, ended, address, graph });
    });
  });
}

/** Looks of 90 days for every interface, with a bad hour now and then. @returns how many interfaces there are. */
async function fillHistory() {
  const { data } = await ask('{ dataHealth { at } interfaces { name } }');
  const now = Date.parse(data.dataHealth.at);
  const file = readdirSync(state, { recursive: true }).find((path) => path.endsWith('observed.sqlite'));
  const history = new HistoryFile(join(state, file));
  for (let day = DAYS; day > 0; day--) {
    const begin = now - day * DAY_MS;
    const everyMs = day <= RAW_DAYS ? 30_000 : 300_000;
    const measurements = data.interfaces.flatMap(({ name }, index) => {
      const bad = (index * 7 + day) % 40 === 0;
      return Array.from({ length: DAY_MS / everyMs }, (_, look) => {
        const value = bad && look % 24 === 0 ? 0 : 1;
        return { interface: name, measure: 'REACHABLE', about: null, value, at: begin + look * everyMs };
      });
    });
    untilDone(() => history.write({ measurements, incidents: [], remembered: new Map() }));
  }
  untilDone(() => history.compact(now));
  history.close();
  return data.interfaces.length;
}

/** The county writes into the same file meanwhile. */
function untilDone(work) {
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (error.code !== 'SQLITE_BUSY' || tries > 20) throw error;
    }
  }
}

/** Asks the graph as the page does. */
async function ask(query) {
  const [, token] = county.address.split('#token=');
  const response = await fetch(county.graph, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, prefer: 'wait=30' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

/** How long the 90 days of all interfaces take to be told, milliseconds. */
async function timeDays() {
  const began = performance.now();
  const { errors } = await ask('{ interfaces { name sla { days } } }');
  if (errors !== undefined) throw new Error(errors[0].message);
  return performance.now() - began;
}

/** Opens the first page as a browser does that has never seen it. */
async function open() {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = {};
    globalThis.seen = seen;
    const note = (name) => {
      if (seen[name] !== undefined) return;
      seen[name] = 0;
      // The frame in which it is painted has ended when the next one begins.
      requestAnimationFrame(() => requestAnimationFrame(() => (seen[name] = performance.now())));
    };
    new MutationObserver(() => {
      if (document.querySelector('tr.interface') !== null) note('table');
      if (document.querySelectorAll('tr.interface .strip').length >= 60) note('strips');
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(county.address);
  await page.waitForFunction(() => globalThis.seen.table > 0 && globalThis.seen.strips > 0);
  const found = await page.evaluate(() => {
    const resources = performance.getEntriesByType('resource');
    const files = [...performance.getEntriesByType('navigation'), ...resources].filter(
      ({ name }) => !name.endsWith('/graphql'),
    );
    const answers = resources.filter(({ name }) => name.endsWith('/graphql'));
    const paint = performance.getEntriesByType('paint').find(({ name }) => name === 'first-contentful-paint');
    return {
      firstPaintMs: paint?.startTime ?? Number.NaN,
      bytes: files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      shownMs: globalThis.seen.table,
      tableMs: globalThis.seen.table - answers[0].responseEnd,
      stripsMs:
        globalThis.seen.strips - Math.max(...answers.slice(0, 2).map(({ responseEnd }) => responseEnd)),
    };
  });
  await context.close();
  return found;
}

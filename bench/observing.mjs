// What observing costs: node bench/observing.mjs [--size small] [--hours 24] [--seed 1], after `npm run build`.
// A demo county is watched by a clock that is turned on as soon as everything due is done. Its systems that speak HTTP run in another process;
// its tables are SQLite files, which threads of this one read: what they take is what a database server would, and is told apart. For Linux.
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { demoFolder, followDemoCounty, prepareDemoCounty } from '../dist/cli/demo/demo-county.js';
import { openEmbeddedHistory } from '../dist/county/observe/history/embedded-history.js';
import { openObserver } from '../dist/county/observe/observer.js';
import { lookAtDisk } from '../dist/county/observe/parts/look-at-disk.js';
import { openCounty, readWorkingDays } from '../dist/county/open-county.js';
import { systemContext } from '../dist/county/system-context.js';
import { createClockFrom } from '../dist/runtime/clock.js';
import { UNOBSERVED } from '../dist/subgraphs/port/source-observer.js';
import { diskOf, GATEWAY_PROCESS, historyOf } from '../dist/subgraphs/port/watched-parts.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    hours: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
  },
});
const size = /** @type {import('../dist/demo/world/world.js').DemoSize} */ (values.size);
const seed = Number(values.seed);
const TICK_SECONDS = 10;
const LOOK_SECONDS = 30;
const SNAPSHOT_SECONDS = 60;
const HOUR_SECONDS = 3600;

if (process.send === undefined) await runSystems();
else process.once('message', (urls) => void watchCounty(/** @type {[string, string][]} */ (urls)));

/** The county's systems, in the parent, until the child has ended. */
async function runSystems() {
  const demo = await prepareDemoCounty(ROOT, size, seed, (text) => console.log(text));
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2));
  child.send(demo.urls);
  process.exitCode = await new Promise((resolve) => child.once('exit', resolve));
  await demo.close();
}

/** @param {[string, string][]} urls of the county's systems */
async function watchCounty(urls) {
  const turn = turnPerformance();
  const { config } = followDemoCounty(demoFolder(ROOT, size, seed), urls);
  const clock = createClockFrom(String(config.today));
  const folder = mkdtempSync(join(tmpdir(), 'eg-bench-observing-'));
  const calls = { looks: 0, ticks: 0 };
  /** @type {keyof typeof calls | null} */
  let phase = null;
  const observer = await openObserver({
    clock,
    workingDays: readWorkingDays(ROOT),
    store: openEmbeddedHistory(join(folder, 'observed.sqlite')),
    parts: [lookAtDisk(diskOf(GATEWAY_PROCESS), folder)],
    history: historyOf(GATEWAY_PROCESS),
    onFailure: (what, error) => console.error(what, error),
  });
  const counting = {
    ...UNOBSERVED,
    sourceCall: () => {
      if (phase !== null) calls[phase] += 1;
    },
  };
  const ownThreads = new Set(threadSeconds().keys());
  const county = await openCounty({
    root: ROOT,
    config,
    clock,
    observer: observer.watching(counting),
    watch: observer.watch,
    registryFile: join(folder, 'index.sqlite'),
    snapshotFolder: join(folder, 'snapshots'),
  });
  await turnUntil(county.keepSnapshots());
  await county.registry.build();
  observer.observe(county);

  /** What is asked key by key waits for the next minute of its quota. @param {Promise<void>} read */
  async function turnUntil(read) {
    let isRead = false;
    void read.finally(() => {
      isRead = true;
    });
    while (!isRead) {
      turn(1000);
      await delay(20);
    }
  }

  const spent = { looks: 0, ticks: 0 };
  const spentOnFiles = { looks: 0, ticks: 0 };
  /** @param {keyof typeof spent} name @param {() => Promise<unknown>} work */
  const measured = async (name, work) => {
    phase = name;
    const before = threadSeconds();
    await work();
    for (const [thread, seconds] of threadSeconds()) {
      const of = ownThreads.has(thread) ? spent : spentOnFiles;
      of[name] += seconds - (before.get(thread) ?? 0);
    }
    phase = null;
  };
  const look = async () => {
    const context = systemContext(clock, 'freshness', 10_000);
    const found = await county.refreshFreshness(context);
    observer.looked(found, context.requestId);
    return found;
  };
  /** @param {number} hours */
  const live = async (hours) => {
    for (let second = 0; second < hours * HOUR_SECONDS; second += TICK_SECONDS) {
      turn(TICK_SECONDS * 1000);
      // Readings of snapshots are for whoever asks, and are there without observing.
      if (second % SNAPSHOT_SECONDS === 0) await county.keepSnapshots('missing');
      if (second % LOOK_SECONDS === 0) await measured('looks', look);
      await measured('ticks', () => observer.tick());
    }
  };
  // Until everything has been compiled and studied for the first time.
  await live(0.5);
  for (const name of /** @type {const} */ (['looks', 'ticks']))
    spent[name] = spentOnFiles[name] = calls[name] = 0;
  const hours = Number(values.hours);
  const startedMs = Date.now();
  await live(hours);
  const found = await look();
  const live_ = found.filter(({ state }) => state === 'LIVE' || state === 'STALE').length;
  const watched = county.departments.flatMap(({ served }) => served).length;
  console.log(
    `${values.size}: ${watched} interfaces, ${live_} of ${found.length} there at the end; ${hours} hours in ${Math.round((Date.now() - startedMs) / 1000)} s`,
  );
  const line = (
    /** @type {string} */ what,
    /** @type {number} */ seconds,
    /** @type {number} */ onFiles,
    /** @type {number} */ made,
  ) =>
    console.log(
      [
        what.padEnd(34),
        `${(seconds / hours).toFixed(1).padStart(6)} s an hour`,
        `${((100 * seconds) / hours / HOUR_SECONDS).toFixed(2).padStart(5)} % of a core`,
        `${((1000 * seconds) / hours / watched).toFixed(0).padStart(5)} ms an hour and interface`,
        `${((100 * onFiles) / hours / HOUR_SECONDS).toFixed(2).padStart(5)} % in threads of SQLite files`,
        `${(made / hours / watched).toFixed(1).padStart(6)} calls an hour and interface`,
      ].join('  '),
    );
  line('looks whether sources are there', spent.looks, spentOnFiles.looks, calls.looks);
  line('studies, judging, writing', spent.ticks, spentOnFiles.ticks, calls.ticks);
  line(
    'together',
    spent.looks + spent.ticks,
    spentOnFiles.looks + spentOnFiles.ticks,
    calls.looks + calls.ticks,
  );
  await observer.close();
  await county.close();
  rmSync(folder, { recursive: true, force: true });
  process.disconnect();
}

/** What each thread of this process has taken of a core, by its number. @returns {Map<string, number>} */
function threadSeconds() {
  return new Map(
    readdirSync('/proc/self/task').flatMap((thread) => {
      try {
        const [nanoseconds] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ');
        return [[thread, Number(nanoseconds) / 1e9]];
      } catch {
        // It has just ended.
        return [];
      }
    }),
  );
}

/** Everything that goes by the monotonic clock is turned with it: the county's clock, and when looks are due. @returns turns it on. */
function turnPerformance() {
  const real = performance.now.bind(performance);
  let turnedMs = 0;
  performance.now = () => real() + turnedMs;
  return (/** @type {number} */ ms) => {
    turnedMs += ms;
  };
}

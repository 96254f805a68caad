import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { usageOf } from '../../process/process-usage.mjs';
import { readHeap } from '../../process/read-heap.mjs';
import { countOutcomes, LOAD_HEAD, loadRow } from '../count-outcomes.mjs';
import { runStream } from '../open-loop.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { slope } from '../statistics.mjs';
import { knownStream } from '../streams.mjs';

const FACTOR = 0.7;
const EVERY_MS = 2000;
/** A file is read when two looks, two seconds apart, have found it alike. */
const EVERY_FILE_MS = 6000;
/** Three reloads. */
const LEAST_SECONDS = 18;
/** What a new supergraph changes; benchmark operations do not ask it. */
const MARKED = /^type Position\b/m;
const SEEN = '{ __type(name: "Position") { description } }';

/** @typedef {{title: string, words: readonly string[], everyMs: number, write: (file: string, text: string, pid: number) => void}} Way to bring a supergraph in; `words` of `serve` */

/** @type {readonly Way[]} */
const WAYS = [
  {
    title: 'SIGHUP',
    words: [],
    everyMs: EVERY_MS,
    write: (file, text, pid) => {
      writeFileSync(file, text);
      process.kill(pid, 'SIGHUP');
    },
  },
  {
    title: 'another file',
    words: ['--watch'],
    everyMs: EVERY_FILE_MS,
    // As careful people do, so that nobody reads half of it.
    write: (file, text) => {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
  },
];

/** @type {import('./scenarios.mjs').Scenario} */
export const reload = {
  name: 'reload',
  shows: `a new supergraph each ${EVERY_MS / 1000} s by SIGHUP, each ${EVERY_FILE_MS / 1000} s by another file, at ${FACTOR} × the capacity; then a broken one`,
  run: async (stage) => {
    const rows = [];
    for (const [index, way] of WAYS.entries()) {
      const supergraphFile = join(stage.graph.folder, `reload-${index}.graphql`);
      writeFileSync(supergraphFile, readFileSync(stage.graph.supergraphFile));
      rows.push(
        ...(await withGateway(stage, { supergraphFile, words: way.words }, (gateway) =>
          measureWay(stage, gateway, way, supergraphFile),
        )),
      );
    }
    const head = [...LOAD_HEAD, 'came into force', 'heap MB/minute', 'still there'];
    return [{ title: 'reload', head, rows }];
  },
};

/**
 * @param {import('../stage.mjs').Stage} stage @param {import('../stage.mjs').Gateway} gateway
 * @param {Way} way @param {string} supergraphFile
 */
async function measureWay(stage, gateway, { title, write, everyMs }, supergraphFile) {
  const { url, pid } = gateway;
  const text = readFileSync(supergraphFile, 'utf8');
  const seconds = Math.max(stage.options.seconds, LEAST_SECONDS);
  const capacity = await capacityOf(stage, gateway);
  let inForce = 0;
  let reloads = 0;
  /** @type {{x: number, y: number}[]} minutes and megabytes */
  const heap = [];
  const isThere = () => usageOf([pid]).rssMb > 0;

  /** @param {string} rowTitle @param {number} stretch seconds @param {(round: number) => string} sdlOf */
  const underLoad = async (rowTitle, stretch, sdlOf) => {
    inForce = 0;
    reloads = 0;
    const startedMs = performance.now();
    const running = runStream(knownStream(stage.known, url, capacity * FACTOR), stretch);
    while (performance.now() - startedMs + everyMs <= stretch * 1000 && isThere()) {
      write(supergraphFile, sdlOf(++reloads), pid);
      await sleep(everyMs * 0.9);
      if (!isThere()) break;
      if ((await markOf(url)) === markFor(reloads)) inForce++;
      const { heapMb } = await readHeap(url).catch(() => ({ heapMb: Number.NaN }));
      if (!Number.isNaN(heapMb)) heap.push({ x: (performance.now() - startedMs) / 60_000, y: heapMb });
      await sleep(Math.max(0, startedMs + reloads * everyMs - performance.now()));
    }
    const counted = countOutcomes(await running, 0, stretch * 1000);
    return [...loadRow(rowTitle, counted, capacity), `${inForce} of ${reloads}`];
  };
  const row = await underLoad(title, seconds, (round) => mark(text, round));
  const settled = heap.slice(Math.floor(heap.length / 5));
  row.push(settled.length < 3 ? '–' : slope(settled).toFixed(1), isThere() ? 'yes' : 'no: it ended');
  if (!isThere()) return [row];
  const broken = await underLoad(`${title}, broken`, everyMs / 1000 + 1, () => '这不是超图');
  return [row, [...broken, '', isThere() ? 'yes' : 'no: it ended']];
}

/** @param {number} round */
const markFor = (round) => `reload ${round}`;
/** @param {string} sdl @param {number} round */
const mark = (sdl, round) => sdl.replace(MARKED, `"""${markFor(round)}"""\n$&`);

/** @param {string} url @returns {Promise<string | null>} which supergraph is in force */
async function markOf(url) {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: SEEN }) });
    return (await response.json()).data?.__type?.description ?? null;
  } catch {
    return null;
  }
}

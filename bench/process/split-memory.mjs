import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';

/** glibc's arenas, but the first, begin at multiples of this. */
const ARENA_BYTES = 64n * 1024n * 1024n;
const PATIENCE_MS = 5000;
/** Told in each thread; what a process evaluates for whoever may debug it. */
const TELL = `(() => {
  const v8 = process.getBuiltinModule('v8');
  let old = 0, young = 0;
  for (const { space_name, physical_space_size } of v8.getHeapSpaceStatistics())
    if (space_name.startsWith('new')) young += physical_space_size; else old += physical_space_size;
  return JSON.stringify({ old, young, used: v8.getHeapStatistics().used_heap_size, buffers: process.memoryUsage().arrayBuffers });
})()`;

/**
 * @typedef {{ readonly thread: string, readonly usedMb: number, readonly oldMb: number, readonly youngMb: number, readonly buffersMb: number }} ThreadHeap
 *   of one thread: what is used, garbage included, and what V8 has of the system
 */

/** Megabytes of a process that are in memory, by what maps them. @param {number} pid @returns {ReadonlyMap<string, number>} */
export function readMappings(pid) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  let kind = '';
  let arenaEnd = 0n;
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const [, from, to, name] = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \d+\s*(.*)$/.exec(line) ?? [];
    if (from !== undefined && to !== undefined) {
      const start = BigInt(`0x${from}`);
      if (name === '' && start % ARENA_BYTES === 0n && BigInt(`0x${to}`) - start <= ARENA_BYTES)
        arenaEnd = start + ARENA_BYTES;
      kind = kindOf(name ?? '', start < arenaEnd);
    }
    const [, kilobytes] = /^Rss:\s+(\d+) kB$/.exec(line) ?? [];
    if (kilobytes !== undefined) sums.set(kind, (sums.get(kind) ?? 0) + Number(kilobytes) / 1024);
  }
  return sums;
}

/** @param {string} name @param {boolean} isArena */
function kindOf(name, isArena) {
  if (name === '[heap]' || (name === '' && isArena)) return 'malloc';
  if (name === '') return 'heaps of threads, large buffers';
  if (name.includes('.sqlite')) return 'SQLite files';
  return /\/node$|\.so|\.node$/.test(name) ? 'programs' : 'other files';
}

/**
 * The heap of each thread, as its inspector tells.
 *
 * @param {number} pid of a process that was started with `--inspect-port`. @param {number} port
 * @returns {Promise<readonly ThreadHeap[]>}
 */
export async function readHeaps(pid, port) {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await inspectorOf(port));
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  /** @type {Map<number, (result: any) => void>} */
  const asked = new Map();
  /** @type {{ session: string, url: string }[]} */
  const threads = [];
  let last = 0;
  const take = (/** @type {any} */ said) => {
    if (said.id !== undefined) asked.get(said.id)?.(said.result);
    else if (said.method === 'NodeWorker.attachedToWorker')
      threads.push({ session: said.params.sessionId, url: said.params.workerInfo.url });
    else if (said.method === 'NodeWorker.receivedMessageFromWorker') take(JSON.parse(said.params.message));
  };
  socket.addEventListener('message', ({ data }) => take(JSON.parse(data)));
  const ask = (
    /** @type {string} */ method,
    /** @type {object} */ params,
    /** @type {string} */ session = '',
  ) =>
    new Promise((resolve) => {
      last += 1;
      asked.set(last, resolve);
      const message = JSON.stringify({ id: last, method, params });
      const passed = { sessionId: session, message };
      socket.send(
        session === ''
          ? message
          : JSON.stringify({ method: 'NodeWorker.sendMessageToWorker', id: -last, params: passed }),
      );
    });
  await ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  await sleep(500);
  const heaps = [];
  for (const { session, url } of [{ session: '', url: 'main' }, ...threads]) {
    const told = /** @type {any} */ (
      await Promise.race([
        ask('Runtime.evaluate', { expression: TELL, returnByValue: true }, session),
        sleep(PATIENCE_MS),
      ])
    );
    // A thread that has ended since answers nothing.
    if (told === undefined) continue;
    const { used, old, young, buffers } = JSON.parse(told.result.value);
    const [usedMb, oldMb, youngMb, buffersMb] = [used, old, young, buffers].map((bytes) => bytes / 2 ** 20);
    heaps.push({ thread: url.split('/').at(-1), usedMb, oldMb, youngMb, buffersMb });
  }
  socket.close();
  return heaps;
}

/** @param {number} port @returns {Promise<string>} */
async function inspectorOf(port) {
  for (;;) {
    try {
      const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
      return target.webSocketDebuggerUrl;
    } catch {
      await sleep(100);
    }
  }
}

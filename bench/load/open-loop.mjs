import { RawConnection } from './raw-connection.mjs';

/**
 * @typedef {object} Stream requests that fall due at a steady rate, whether or not the server keeps up
 * @property {string} url
 * @property {number} perSecond
 * @property {(index: number) => Buffer} request the one of that number
 * @property {(index: number, status: number, chunks: readonly Buffer[]) => 'good' | 'refused' | 'wrong'} judge
 *
 * @typedef {object} Counted what became of those that fell due within the time
 * @property {number} due
 * @property {number} good
 * @property {number} refused
 * @property {number} wrong
 * @property {number} failed connections that broke
 * @property {number} late callers who hung up
 * @property {number} unsent for which no connection was left
 * @property {number} elapsedMs
 * @property {readonly number[]} goodMs from the due time
 * @property {readonly number[]} refusedMs from the due time
 */

/** How long a caller waits. */
const PATIENCE_MS = 3000;
const MOST_CONNECTIONS = 3000;
const STEP_MS = 2;

/** @param {Stream} stream @param {number} seconds @returns {Promise<Counted>} once the last one is answered or hangs up */
export function runStream({ url, perSecond, request, judge }, seconds) {
  const { hostname, port } = new URL(url);
  /** @type {RawConnection[]} */
  const idle = [];
  let open = 0;
  let running = 0;
  const counted = { due: 0, good: 0, refused: 0, wrong: 0, failed: 0, late: 0, unsent: 0 };
  /** @type {number[]} */
  const goodMs = [];
  /** @type {number[]} */
  const refusedMs = [];

  const connection = () => {
    for (let known = idle.pop(); known !== undefined; known = idle.pop()) if (known.isOpen) return known;
    if (open >= MOST_CONNECTIONS) return null;
    open++;
    return new RawConnection(hostname, Number(port));
  };

  /** @param {number} index @param {number} dueMs */
  const ask = (index, dueMs) => {
    counted.due++;
    const own = connection();
    if (own === null) {
      counted.unsent++;
      return;
    }
    running++;
    const leave = () => {
      running--;
      if (own.isOpen) idle.push(own);
      else open--;
    };
    const hangUp = setTimeout(() => {
      counted.late++;
      own.destroy();
      leave();
    }, PATIENCE_MS);
    own.ask(request(index), (reply) => {
      clearTimeout(hangUp);
      if (reply instanceof Error) counted.failed++;
      else {
        const verdict = judge(index, reply.status, reply.chunks);
        counted[verdict]++;
        if (verdict === 'good') goodMs.push(performance.now() - dueMs);
        if (verdict === 'refused') refusedMs.push(performance.now() - dueMs);
      }
      leave();
    });
  };

  return new Promise((resolve) => {
    const startedMs = performance.now();
    let next = 0;
    const timer = setInterval(() => {
      const elapsedMs = performance.now() - startedMs;
      const dueMs = Math.min(elapsedMs, seconds * 1000);
      for (; next / perSecond < dueMs / 1000; next++) ask(next, startedMs + (next / perSecond) * 1000);
      if (elapsedMs < seconds * 1000 || running > 0) return;
      clearInterval(timer);
      for (const one of idle) one.destroy();
      resolve({ ...counted, elapsedMs: seconds * 1000, goodMs, refusedMs });
    }, STEP_MS);
  });
}

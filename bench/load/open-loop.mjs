import { RawConnection } from './raw-connection.mjs';

/**
 * @typedef {'good' | 'told' | 'refused' | 'wrong'} Verdict of an answer; told: it lacks something and says so
 *
 * @typedef {Verdict | 'broken' | 'away' | 'late' | 'unsent'} End of a request; broken: the connection ended without an answer; away:
 *   nobody listens; late: the caller hung up; unsent: no connection was left
 *
 * @typedef {object} Stream requests that fall due at a steady rate, whether or not the server keeps up
 * @property {string} url
 * @property {number} perSecond
 * @property {string} [localAddress] from which its connections come
 * @property {(index: number) => Buffer} request the one of that number
 * @property {(index: number, status: number, chunks: readonly Buffer[]) => Verdict} judge
 *
 * @typedef {object} Outcome what became of one request
 * @property {number} dueMs since the stream began
 * @property {End} end
 * @property {number} tookMs from the due time to the end
 * @property {number} firstByteMs from the due time to the answer's first byte; NaN without an answer
 * @property {boolean} onKept on a connection that had been answered before
 */

/** How long a caller waits. */
const PATIENCE_MS = 3000;
const MOST_CONNECTIONS = 3000;
const STEP_MS = 2;

/**
 * @param {Stream} stream @param {number} seconds
 * @returns {Promise<readonly Outcome[]>} once the last one is answered or hangs up, in the order of their ends
 */
export function runStream({ url, perSecond, localAddress, request, judge }, seconds) {
  const { hostname, port } = new URL(url);
  /** @type {RawConnection[]} */
  const idle = [];
  let open = 0;
  let running = 0;
  /** @type {Outcome[]} */
  const outcomes = [];
  const startedMs = performance.now();

  const connection = () => {
    for (let known = idle.pop(); known !== undefined; known = idle.pop()) {
      if (known.isOpen) return known;
      open--;
    }
    if (open >= MOST_CONNECTIONS) return null;
    open++;
    return new RawConnection(hostname, Number(port), localAddress);
  };

  /** @param {number} index @param {number} dueMs */
  const ask = (index, dueMs) => {
    /** @param {End} end @param {number} firstByteAt */
    const note = (end, firstByteAt = Number.NaN) => {
      const since = startedMs + dueMs;
      const tookMs = performance.now() - since;
      outcomes.push({ dueMs, end, tookMs, firstByteMs: firstByteAt - since, onKept });
    };
    const own = connection();
    const onKept = own?.isKept === true;
    if (own === null) {
      note('unsent');
      return;
    }
    running++;
    own.isKept = true;
    const leave = () => {
      running--;
      if (own.isOpen) idle.push(own);
      else open--;
    };
    const hangUp = setTimeout(() => {
      note('late');
      own.destroy();
      leave();
    }, PATIENCE_MS);
    own.ask(request(index), (reply) => {
      clearTimeout(hangUp);
      if (reply instanceof Error) note(isRefusedByNobody(reply) ? 'away' : 'broken');
      else note(judge(index, reply.status, reply.chunks), reply.firstByteAt);
      leave();
    });
  };

  return new Promise((resolve) => {
    let next = 0;
    const timer = setInterval(() => {
      const elapsedMs = performance.now() - startedMs;
      const untilMs = Math.min(elapsedMs, seconds * 1000);
      for (; (next / perSecond) * 1000 < untilMs; next++) ask(next, (next / perSecond) * 1000);
      if (elapsedMs < seconds * 1000 || running > 0) return;
      clearInterval(timer);
      for (const one of idle) one.destroy();
      resolve(outcomes);
    }, STEP_MS);
  });
}

/** @param {Error & {code?: string}} error */
const isRefusedByNobody = ({ code }) => code === 'ECONNREFUSED';

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Answers how the gateway stands on a port of its own, in a thread of its own: the one that serves may be busy for longer
 * than whoever watches it waits. It knows nobody: the serving thread says what is answered to whom, and where that takes too
 * long, the same caller is told what it said last, with its age.
 *
 * @typedef {{ host: string, port: number }} HealthData
 * @typedef {{ ask: number } & import('../look.js').Look} AskedLook
 * @typedef {{ answer: number } & import('../look.js').LookAnswer} AnsweredLook
 * @typedef {{ beat: true }} Beat the serving thread had a turn
 * @typedef {{ listening: string } | { failed: string, code: string }} Opened
 */

/** So long an answer is waited for before an older one is given. */
const FRESH_MS = 150;
/** How old an answer may be that is given again. */
const OLDEST_MS = 30_000;
/** So long is waited where there is no older one. */
const PATIENCE_MS = 2000;
/** A thread that had no turn for so long is stuck: whoever supervises the process may start it anew. */
const STUCK_MS = 30_000;
/** Answers that are kept: one for each path and credential. */
const MOST_KEPT = 200;
const MOST_CONNECTIONS = 200;

const OWN_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};
const PASSED = ['authorization', 'x-api-key', 'accept', 'x-request-id'];
const PATHS = new Set(['/health/ready', '/metrics']);

const port = parentPort;
if (port === null) throw new Error('Cannot answer: this must run in a worker thread, but does not');
const { host, port: number } = /** @type {HealthData} */ (workerData);

let beatAt = performance.now();
let lastAsk = 0;
/** @type {Map<number, (answer: import('../look.js').LookAnswer) => void>} */
const waiting = new Map();
/** @type {Map<string, { answer: import('../look.js').LookAnswer, at: number }>} */
const kept = new Map();

port.on('message', (/** @type {AnsweredLook | Beat | { end: true }} */ message) => {
  beatAt = performance.now();
  if ('end' in message) {
    server.close();
    server.closeAllConnections();
    port.close();
  } else if ('answer' in message) {
    waiting.get(message.answer)?.(message);
    waiting.delete(message.answer);
  }
});

const server = createServer(
  { maxHeaderSize: 16_384, headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 72_000 },
  (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      send(response, 405, { status: 'method not allowed' });
    else if (path === '/health/live') sendLive(response);
    else if (PATHS.has(path)) void sendLook(request, response, path);
    else send(response, 404, { status: 'not found' });
  },
);
server.maxConnections = MOST_CONNECTIONS;
server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  port.postMessage({ failed: error.message, code: error.code ?? '' });
});
server.listen(number, host, () => {
  const address = server.address();
  const shown = host.includes(':') ? `[${host}]` : host;
  port.postMessage({ listening: `http://${shown}:${typeof address === 'object' ? address?.port : number}` });
});

/** @param {import('node:http').ServerResponse} response */
function sendLive(response) {
  const silentMs = Math.round(performance.now() - beatAt);
  const isStuck = silentMs > STUCK_MS;
  send(response, isStuck ? 503 : 200, { status: isStuck ? 'stuck' : 'ok', silentMs });
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} path
 */
async function sendLook(request, response, path) {
  const headers = Object.fromEntries(
    PASSED.flatMap((name) =>
      typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [],
    ),
  );
  const key = createHash('sha256')
    .update(JSON.stringify([path, headers.authorization, headers['x-api-key'], headers.accept]))
    .digest('base64');
  const asked = ask({ path, headers, address: request.socket.remoteAddress ?? '' }).then((answer) => {
    keep(key, answer);
    return answer;
  });
  const fresh = await within(asked, FRESH_MS);
  if (fresh !== null) {
    pass(response, fresh);
    return;
  }
  const known = kept.get(key);
  if (known !== undefined && performance.now() - known.at < OLDEST_MS) {
    pass(response, known.answer, Math.ceil((performance.now() - known.at) / 1000));
    return;
  }
  const late = await within(asked, PATIENCE_MS);
  if (late !== null) pass(response, late);
  else send(response, 503, { status: 'busy' });
}

/**
 * @param {import('../look.js').Look} look
 * @returns {Promise<import('../look.js').LookAnswer>}
 */
function ask(look) {
  lastAsk += 1;
  const id = lastAsk;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    port?.postMessage({ ask: id, ...look });
  });
}

/**
 * What somebody was refused is not kept: it is worked out each time.
 *
 * @param {string} key
 * @param {import('../look.js').LookAnswer} answer
 */
function keep(key, answer) {
  kept.delete(key);
  if (answer.status === 401 || answer.status === 403) return;
  kept.set(key, { answer, at: performance.now() });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @returns {Promise<T | null>}
 */
async function within(work, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  const found = await Promise.race([work, late]);
  clearTimeout(timer);
  return /** @type {T | null} */ (found);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('../look.js').LookAnswer} answer
 * @param {number} [age] seconds
 */
function pass(response, { status, headers, body }, age) {
  response.writeHead(status, { ...headers, ...(age !== undefined && { age: String(age) }) });
  response.end(body);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {object} body
 */
function send(response, status, body) {
  response.writeHead(status, OWN_HEADERS);
  response.end(JSON.stringify(body));
}

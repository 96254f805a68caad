import { connect } from 'node:net';

const STEP_MS = 1000;
/** What a slow reader takes at a time. */
const READ_BYTES = 1024;

/**
 * @typedef {object} SlowConnection
 * @property {() => number | null} closedAfterMs since it was opened; null: it is open
 * @property {() => void} destroy
 */

/** @param {string} url @param {Buffer} first what is sent at once @returns {{socket: import('node:net').Socket, slow: SlowConnection}} */
function open(url, first) {
  const { hostname, port } = new URL(url);
  const openedMs = performance.now();
  /** @type {number | null} */
  let closedAfterMs = null;
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  // It is closed next.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    closedAfterMs = performance.now() - openedMs;
  });
  socket.write(first);
  return { socket, slow: { closedAfterMs: () => closedAfterMs, destroy: () => socket.destroy() } };
}

/**
 * Sends the first bytes at once and the others one a second.
 *
 * @param {string} url @param {Buffer} request @param {number} atOnce bytes @returns {SlowConnection}
 */
export function sendSlowly(url, request, atOnce) {
  const { socket, slow } = open(url, request.subarray(0, atOnce));
  socket.resume();
  let sent = atOnce;
  const timer = setInterval(() => {
    if (sent < request.length) socket.write(request.subarray(sent, ++sent));
  }, STEP_MS);
  socket.once('close', () => clearInterval(timer));
  return slow;
}

/**
 * Asks, and reads a kilobyte a second. That it was closed shows only when all is read.
 *
 * @param {string} url @param {Buffer} request @returns {SlowConnection}
 */
export function readSlowly(url, request) {
  const { socket, slow } = open(url, request);
  const timer = setInterval(() => socket.read(READ_BYTES), STEP_MS);
  socket.once('close', () => clearInterval(timer));
  return slow;
}

import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {readonly Buffer[]} chunks of the body
 * @property {number} firstByteAt of `performance.now()`
 */

/**
 * One keep-alive connection that asks one thing at a time: as little as a caller can cost, so that what is measured is the server.
 * Replies must have a `content-length`.
 */
export class RawConnection {
  /** @type {import('node:net').Socket} */ #socket;
  /** @type {Buffer[]} */ #chunks = [];
  /** Bytes that are still to come; -1 while the head is read. */
  #left = -1;
  #status = 0;
  #firstByteAt = 0;
  #closes = false;
  /** @type {((reply: Reply | Error) => void) | null} */ #waiting = null;
  isOpen = true;
  /** Whether it was used before. */
  isKept = false;

  /** @param {string} host @param {number} port @param {string} [localAddress] from which it comes */
  constructor(host, port, localAddress) {
    this.#socket = connect({ host, port, localAddress, noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('closed')));
  }

  /** @param {Buffer} request whole @param {(reply: Reply | Error) => void} done called once */
  ask(request, done) {
    this.#waiting = done;
    this.#socket.write(request);
  }

  /** Hangs up, as callers do who have waited enough. */
  destroy() {
    this.#waiting = null;
    this.isOpen = false;
    this.#socket.destroy();
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    if (this.#left === -1) {
      if (this.#chunks.length === 0) this.#firstByteAt = performance.now();
      const read = this.#chunks.length === 0 ? chunk : Buffer.concat([...this.#chunks, chunk]);
      const end = read.indexOf(HEAD_END);
      if (end < 0) {
        this.#chunks = [read];
        return;
      }
      const head = read.latin1Slice(0, end);
      this.#status = Number(head.slice(9, 12));
      this.#closes = /\r\nconnection: close/i.test(head);
      const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
      this.#left = Number(length);
      this.#chunks = [];
      this.#take(read.subarray(end + HEAD_END.length));
    } else this.#take(chunk);
  }

  /** @param {Buffer} bytes of the body */
  #take(bytes) {
    if (bytes.length > 0) this.#chunks.push(bytes);
    this.#left -= bytes.length;
    if (this.#left > 0) return;
    const reply = { status: this.#status, chunks: this.#chunks, firstByteAt: this.#firstByteAt };
    this.#chunks = [];
    this.#left = -1;
    if (this.#closes) this.isOpen = false;
    const done = this.#waiting;
    this.#waiting = null;
    if (this.#closes) this.#socket.destroy();
    done?.(reply);
  }

  /** @param {Error} error */
  #fail(error) {
    this.isOpen = false;
    const done = this.#waiting;
    this.#waiting = null;
    done?.(error);
  }
}

/**
 * @param {string} url @param {string} body @param {Readonly<Record<string, string>>} [headers]
 * @returns {Buffer} a POST
 */
export function postOf(url, body, headers = {}) {
  const { host, pathname } = new URL(url);
  const all = {
    host,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** @param {string} url @param {Readonly<Record<string, string>>} [headers] @returns {Buffer} a GET */
export function getOf(url, headers = {}) {
  const { host, pathname } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`GET ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
}

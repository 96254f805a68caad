import { REPLY_HEADERS, type ReplyHandler, type ReplyHeaders } from '../origin-client.js';

/** A reply that breaks the rules of HTTP/1.1 where it matters: where it ends, and what its head says. */
export class ReplyFault extends Error {
  override readonly name = 'ReplyFault';
}

/** Of a head, of a chunk's size, of what comes after the last chunk. */
const MOST_HEAD_BYTES = 16 * 1024;
const MOST_INTERIM = 16;
const CR = 13;
const LF = 10;
const LINE_END = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

const HTTP = 'HTTP/1.';
const BARE_LINE_END = /(?:^|[^\r])\n/;
/** RFC 9112 §4 and §5: nothing between a name and its colon, no line that goes on with the next. */
const HEAD =
  /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\xff]*)*$/;
const TRAILER = /^[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\xff]*$/;
const BLANKS_AROUND = /^[\t ]+|[\t ]+$/g;
const LENGTH = /^\d{1,15}$/;
const CHUNK_SIZE = /^([\da-fA-F]{1,8})(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/;

/** Names of the headers that are read, and how their lines begin. */
const STARTS = REPLY_HEADERS.map((name) => [name, `\r\n${name}:`] as const);
const KEEP_ALIVE = /(?:^|,)timeout=(\d{1,9})(?:,|$)/;
/** The other side counts from when it sent, and may close just as the next call is on its way. */
const KEEP_ALIVE_LESS_MS = 1000;

type Part = 'head' | 'sized' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'until-close' | 'over';

/**
 * Reads one HTTP/1.1 reply to a POST, piece by piece, and refuses what two readers could read in two ways (RFC 9112 §11).
 * What it gives on is a copy.
 */
export class ReplyReader {
  readonly #handler: Pick<ReplyHandler, 'onHead' | 'onData'>;
  #part: Part = 'head';
  /** Bytes of the body, or of its chunk, that are still to come. */
  #left = 0;
  /** The start of a head or line whose end has not come yet. */
  #rest: Buffer | null = null;
  #interim = 0;
  #hasBegun = false;
  #keepsMs = 0;

  constructor(handler: Pick<ReplyHandler, 'onHead' | 'onData'>) {
    this.#handler = handler;
  }

  get isOver(): boolean {
    return this.#part === 'over';
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** How long the connection may be used after the reply, in milliseconds; 0: not at all, as something came after it, for one. */
  get keepsMs(): number {
    return this.#keepsMs;
  }

  /** @param piece as the socket gives it; it is not kept. @throws {ReplyFault} */
  read(piece: Buffer): void {
    this.#hasBegun = true;
    const bytes = this.#rest === null ? piece : Buffer.concat([this.#rest, piece]);
    this.#rest = null;
    let at = 0;
    while (at < bytes.length && this.#part !== 'over') {
      const next = this.#step(bytes, at);
      if (next === null) {
        if (bytes.length - at > MOST_HEAD_BYTES) throw tooLong();
        this.#rest = Buffer.from(bytes.subarray(at));
        return;
      }
      at = next;
    }
    if (at < bytes.length) this.#keepsMs = 0;
  }

  /** The other side sends nothing more. @returns whether that was a whole reply. */
  end(): boolean {
    if (this.#part !== 'until-close') return false;
    this.#part = 'over';
    return true;
  }

  /** @returns where to go on; null: what starts here is not whole yet. */
  #step(bytes: Buffer, at: number): number | null {
    switch (this.#part) {
      case 'head':
        return this.#readHead(bytes, at);
      case 'sized':
        return this.#readBody(bytes, at, 'over');
      case 'chunk':
        return this.#readBody(bytes, at, 'chunk-end');
      case 'chunk-end':
        if (bytes.length - at < 2) return null;
        if (bytes[at] !== CR || bytes[at + 1] !== LF) throw new ReplyFault('a chunk is longer than its size');
        this.#part = 'chunk-size';
        return at + 2;
      case 'chunk-size':
        return this.#readChunkSize(bytes, at);
      case 'trailers':
        return this.#readTrailer(bytes, at);
      default:
        this.#handler.onData(Buffer.from(bytes.subarray(at)));
        return bytes.length;
    }
  }

  #readBody(bytes: Buffer, at: number, then: Part): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#handler.onData(Buffer.from(bytes.subarray(at, end)));
    if (this.#left === 0) this.#part = then;
    return end;
  }

  #readChunkSize(bytes: Buffer, at: number): number | null {
    const end = lineEnd(bytes, at);
    if (end === null) return null;
    const [, size] = CHUNK_SIZE.exec(bytes.toString('latin1', at, end)) ?? [];
    if (size === undefined) throw new ReplyFault('a chunk has no size');
    this.#left = Number.parseInt(size, 16);
    this.#part = this.#left === 0 ? 'trailers' : 'chunk';
    return end + 2;
  }

  #readTrailer(bytes: Buffer, at: number): number | null {
    const end = lineEnd(bytes, at);
    if (end === null) return null;
    if (end === at) this.#part = 'over';
    else if (!TRAILER.test(bytes.toString('latin1', at, end))) throw new ReplyFault('a trailer is malformed');
    return end + 2;
  }

  #readHead(bytes: Buffer, at: number): number | null {
    const end = bytes.indexOf(HEAD_END, at);
    if (end === -1) return refuseStart(bytes.toString('latin1', at));
    if (end - at > MOST_HEAD_BYTES) throw tooLong();
    const text = bytes.toString('latin1', at, end);
    const [, minor, statusText] = HEAD.exec(text) ?? [];
    if (statusText === undefined) throw new ReplyFault('the head is not one of HTTP/1.1');
    const status = Number(statusText);
    const headers = readHeaders(text);
    if (status < 200) {
      this.#interim += 1;
      if (status === 101) throw new ReplyFault('the protocol was changed unasked');
      if (this.#interim > MOST_INTERIM) throw new ReplyFault('too many interim replies');
      return end + HEAD_END.length;
    }
    this.#begin(status, headers);
    if (this.#part !== 'until-close') this.#keepsMs = keepsMs(minor === '1', headers);
    this.#handler.onHead(status, headers);
    return end + HEAD_END.length;
  }

  /** RFC 9112 §6.3: what tells where the body ends. */
  #begin(status: number, headers: ReplyHeaders): void {
    const length = headers['content-length'];
    const coding = headers['transfer-encoding'];
    if (length !== undefined && coding !== undefined)
      throw new ReplyFault('two headers say where the body ends');
    if (coding !== undefined && (typeof coding !== 'string' || coding.toLowerCase() !== 'chunked'))
      throw new ReplyFault('the transfer encoding is another than chunked');
    if (length !== undefined && (typeof length !== 'string' || !LENGTH.test(length)))
      throw new ReplyFault('the length of the body is not one number');
    if (status === 204 || status === 304) this.#part = 'over';
    else if (coding !== undefined) this.#part = 'chunk-size';
    else if (length !== undefined) {
      this.#left = Number(length);
      this.#part = this.#left === 0 ? 'over' : 'sized';
    } else this.#part = 'until-close';
  }
}

/** What can't become a head is refused at once, so that nobody waits for its end. */
function refuseStart(text: string): null {
  const isOther = !text.startsWith(HTTP.slice(0, text.length));
  if (isOther || BARE_LINE_END.test(text)) throw new ReplyFault('the reply does not begin as HTTP/1.1');
  return null;
}

/** @param head whose form is known to be right. */
function readHeaders(head: string): ReplyHeaders {
  const lower = head.toLowerCase();
  const headers: Record<string, string | string[] | undefined> = {};
  for (const [name, start] of STARTS) {
    let at = lower.indexOf(start);
    if (at === -1) continue;
    headers[name] = valueAt(head, at + start.length);
    for (at = lower.indexOf(start, at + 1); at !== -1; at = lower.indexOf(start, at + 1))
      headers[name] = [headers[name] ?? [], valueAt(head, at + start.length)].flat();
  }
  return headers;
}

function valueAt(head: string, at: number): string {
  const end = head.indexOf('\r\n', at);
  return head.slice(at, end === -1 ? head.length : end).replace(BLANKS_AROUND, '');
}

function keepsMs(isCurrent: boolean, headers: ReplyHeaders): number {
  const { connection, 'keep-alive': kept } = headers;
  const words = connection === 'keep-alive' ? ['keep-alive'] : wordsOf(connection);
  if (words.includes('close') || !(isCurrent || words.includes('keep-alive'))) return 0;
  const [, seconds] = kept === undefined ? [] : (KEEP_ALIVE.exec(wordsOf(kept).join()) ?? []);
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1000 - KEEP_ALIVE_LESS_MS;
}

function wordsOf(header: string | string[] | undefined): readonly string[] {
  if (header === undefined) return [];
  return [header]
    .flat()
    .join()
    .toLowerCase()
    .split(/[ \t]*,[ \t]*/);
}

/** Where the line ends; null when its end has not come yet. */
function lineEnd(bytes: Buffer, at: number): number | null {
  const end = bytes.indexOf(LINE_END, at);
  if ((end === -1 ? bytes.length : end) - at > MOST_HEAD_BYTES) throw tooLong();
  return end === -1 ? null : end;
}

function tooLong(): ReplyFault {
  return new ReplyFault(`a head or a line is longer than ${MOST_HEAD_BYTES} bytes`);
}

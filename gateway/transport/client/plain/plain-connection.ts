import { connect, type Socket } from 'node:net';
import type { ReplyHandler } from '../origin-client.js';
import { ReplyFault, ReplyReader } from './reply-reader.js';

/** All sockets of a thread read into it, one after the other: what is in it is copied before the next one reads. */
const PIECE = Buffer.allocUnsafeSlow(64 * 1024);
/** Where reads of several sockets run at the same time, each has its own. */
const SHARES_PIECE = process.platform !== 'win32';

/** A connection that was closed before a byte of the reply came: the other side may have forgotten it. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed';
  readonly code = 'ECONNRESET';
}

export interface ConnectionOwner {
  /** It may take the next call. @param keepsMs how long the other side will leave it open; Infinity: it did not say. */
  onFree(keepsMs: number): void;
  /** Told once, as the last. */
  onGone(): void;
}

interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
}

/** One socket of plain HTTP/1.1, with one call at a time. */
export class PlainConnection {
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  #call: { readonly handler: ReplyHandler; readonly reader: ReplyReader } | null = null;
  #isGone = false;
  /** While it has no call: when it is too old for one; milliseconds of `performance.now`. */
  freeUntil = 0;

  /** Opens it. */
  constructor({ host, port, connectTimeoutMs }: ConnectionOptions, owner: ConnectionOwner) {
    this.#owner = owner;
    const buffer = SHARES_PIECE ? PIECE : Buffer.allocUnsafeSlow(PIECE.length);
    const callback = (size: number): boolean => {
      this.#read(buffer.subarray(0, size));
      return true;
    };
    const socket = connect({ host, port, noDelay: true, onread: { buffer, callback } });
    this.#socket = socket;
    const tooLate = setTimeout(
      () => this.#fail(new Error(`no connection within ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    );
    socket.once('connect', () => clearTimeout(tooLate));
    socket.once('end', () => this.#end());
    socket.on('error', (error) => this.#fail(error));
    socket.once('close', () => {
      clearTimeout(tooLate);
      this.#fail(new ConnectionClosed('the connection was closed'));
    });
  }

  /** @param bytes of the whole request. @returns gives it up: the connection is of no use then. */
  send(bytes: Buffer, handler: ReplyHandler): () => void {
    const call = { handler, reader: new ReplyReader(handler) };
    this.#call = call;
    this.#socket.write(bytes);
    return () => {
      if (this.#call !== call) return;
      this.#call = null;
      this.close();
    };
  }

  close(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#socket.destroy();
    this.#owner.onGone();
  }

  #read(piece: Buffer): void {
    const call = this.#call;
    // Nobody asked: what comes could be taken for the answer of the next call.
    if (call === null) {
      this.close();
      return;
    }
    try {
      call.reader.read(piece);
    } catch (error) {
      this.#fail(error as Error);
    }
    // Who reads may have given up over what came.
    if (call.reader.isOver && this.#call === call) this.#finish(call);
  }

  #end(): void {
    const call = this.#call;
    if (call === null) this.close();
    else if (call.reader.end()) this.#finish(call);
    else this.#fail(new ConnectionClosed('the connection ended before the reply did'));
  }

  #finish({ handler, reader }: { readonly handler: ReplyHandler; readonly reader: ReplyReader }): void {
    this.#call = null;
    if (reader.keepsMs > 0) this.#owner.onFree(reader.keepsMs);
    else this.close();
    handler.onEnd();
  }

  #fail(error: Error): void {
    const call = this.#call;
    this.#call = null;
    this.close();
    if (call === null) return;
    // Once something came the connection was not stale, whatever the system says of its end.
    call.handler.onFailure(call.reader.hasBegun ? new ReplyFault(error.message, { cause: error }) : error);
  }
}

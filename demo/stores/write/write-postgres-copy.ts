import type { Duplex } from 'node:stream';
import type { Client, Connection, Submittable } from 'pg';

/** What `pg` gives to a query that it sends; the typings leave the COPY messages out. */
interface CopyConnection {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/**
 * Runs `COPY … FROM STDIN` and sends it the chunks, no faster than the server takes them.
 *
 * @param chunks text rows of COPY's text format; closed early when the server refuses.
 * @throws the server's error, or what `chunks` throws.
 */
export function copyFrom(client: Client, statement: string, chunks: Iterable<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyFrom(statement, chunks, resolve, reject));
  });
}

function canCopy(connection: Connection): connection is Connection & CopyConnection {
  return ['query', 'sendCopyFromChunk', 'endCopyFrom', 'sendCopyFail'].every((name) => name in connection);
}

class CopyFrom implements Submittable {
  readonly #statement: string;
  readonly #chunks: Iterable<Buffer>;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;
  /** What stopped the sending on this side. */
  #ownError: unknown = null;
  #isOver = false;
  #connection: CopyConnection | null = null;

  constructor(
    statement: string,
    chunks: Iterable<Buffer>,
    resolve: () => void,
    reject: (reason: unknown) => void,
  ) {
    this.#statement = statement;
    this.#chunks = chunks;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    if (!canCopy(connection)) throw new Error('Cannot copy: the driver must send COPY messages, but cannot');
    this.#connection = connection;
    connection.query(this.#statement);
  }

  handleCopyInResponse(): void {
    if (this.#connection !== null) void this.#send(this.#connection);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#isOver = true;
    this.#resolve();
  }

  handleError(error: unknown): void {
    this.#isOver = true;
    this.#reject(this.#ownError ?? error);
  }

  async #send(connection: CopyConnection): Promise<void> {
    try {
      for (const chunk of this.#chunks) {
        if (this.#isOver) return;
        connection.sendCopyFromChunk(chunk);
        await drained(connection.stream);
      }
      if (!this.#isOver) connection.endCopyFrom();
    } catch (error) {
      this.#ownError = error;
      // The server answers with an error, which ends the query.
      if (!this.#isOver) connection.sendCopyFail('the rows could not be made');
    }
  }
}

/** Resolves when the socket wants more, or will never want any. */
function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writableNeedDrain || stream.destroyed) {
      // Answers of the server, refusals above all, are read between two chunks.
      setImmediate(resolve);
      return;
    }
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

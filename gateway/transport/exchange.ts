import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { errorCodeOf } from '../../runtime/error-code.js';
import type { ByteBudget, ByteShare } from '../../runtime/http/byte-budget.js';
import type { OriginPool } from '../../runtime/http/open-pool.js';
import { BodyFault, isEncoded, NO_ROOM, readBody } from '../../runtime/http/read-body.js';
import { STALE_CONNECTION } from '../../runtime/http/send-request.js';
import { type AnswerHead, readAnswerHead, refuseByStatus } from './answer-head.js';
import { NO_ANSWER_IN_TIME, TransportFailure } from './transport-failure.js';

/** A JSON text, without a byte order mark, and the head it came with. */
export interface PostAnswer {
  readonly head: AnswerHead;
  readonly text: string;
}

/** A JSON text, which may be shared (what is parsed from it may not), or why there is none. */
export type Outcome = PostAnswer | TransportFailure;

interface ExchangeRequest {
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Whether sending it twice does no harm. */
  readonly repeatable: boolean;
  /** Size of the answer after decompression. */
  readonly maxBytes: number;
  /** What answers of all subgraphs may take together. */
  readonly bytes: ByteBudget;
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** One HTTP request to a subgraph, whose answer is gathered without streams. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #pool: OriginPool;
  readonly #request: ExchangeRequest;
  readonly #settle: (outcome: Outcome) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #head: AnswerHead | null = null;
  #chunks: Buffer[] = [];
  #size = 0;
  #isRepeated = false;
  #isSettled = false;
  readonly #share: ByteShare;
  /** What is being decompressed. */
  #encoded: Readable | null = null;

  /** @param settle called once: with a JSON text, or with the reason why there is none. */
  constructor(pool: OriginPool, request: ExchangeRequest, settle: (outcome: Outcome) => void) {
    this.#pool = pool;
    this.#request = request;
    this.#settle = settle;
    this.#share = request.bytes.open();
  }

  send(): void {
    const { path, headers, body } = this.#request;
    const pool = this.#isRepeated ? this.#pool.fresh : this.#pool.kept;
    pool.dispatch({ method: 'POST', path, headers: headers as string[], body }, this);
  }

  /** Nobody waits any more. */
  abort(): void {
    this.#end(NO_ANSWER_IN_TIME);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isSettled) controller.abort(new Error('nobody waits for the answer'));
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    this.#head = readAnswerHead(status, headers);
    const refusal = this.#head.refusal;
    if (refusal !== null) this.#end(refusal);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#size += chunk.length;
    if (this.#size > this.#request.maxBytes) {
      const { maxBytes } = this.#request;
      this.#end(new TransportFailure('SOURCE_TOO_LARGE', `the answer exceeds ${maxBytes} bytes`));
    } else if (this.#share.take(chunk.length)) this.#chunks.push(chunk);
    else this.#end(new TransportFailure('SOURCE_TOO_LARGE', NO_ROOM, { isOurs: true }));
  }

  onResponseEnd(): void {
    const [first, ...others] = this.#chunks;
    const bytes = first !== undefined && others.length === 0 ? first : Buffer.concat(this.#chunks);
    const head = this.#head as AnswerHead;
    if (!isEncoded(head.encoding)) this.#end(answerOf(head, bytes));
    else {
      this.#encoded = Readable.from([bytes]);
      readBody(this.#encoded, head.encoding, this.#request.maxBytes, this.#share).then(
        (plain) => this.#end(answerOf(head, plain)),
        (error: unknown) => this.#end(bodyFailure(error, head)),
      );
    }
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#isSettled) return;
    const isStale = this.#head === null && STALE_CONNECTION.has(errorCodeOf(error) ?? '');
    if (isStale && this.#request.repeatable && !this.#isRepeated) {
      this.#isRepeated = true;
      this.send();
      return;
    }
    const reason = `the connection failed: ${String(error)}`;
    this.#end(new TransportFailure('SUBGRAPH_UNAVAILABLE', reason, { cause: error }));
  }

  #end(outcome: Outcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#chunks = [];
    this.#share.close();
    this.#encoded?.destroy();
    // What is still to come is read by nobody.
    if (outcome instanceof TransportFailure) this.#controller?.abort(outcome);
    this.#settle(outcome);
  }
}

function answerOf(head: AnswerHead, bytes: Buffer): PostAnswer {
  const isMarked = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return { head, text: bytes.toString('utf8', isMarked ? BYTE_ORDER_MARK.length : 0) };
}

function bodyFailure(error: unknown, head: AnswerHead): TransportFailure {
  if (error instanceof BodyFault && error.kind !== 'malformed') {
    const isOurs = error.kind === 'no-room';
    return new TransportFailure('SOURCE_TOO_LARGE', String(error), { cause: error, isOurs });
  }
  return refuseByStatus(head, String(error), error);
}

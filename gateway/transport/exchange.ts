import { Readable } from 'node:stream';
import { errorCodeOf } from '../../runtime/error-code.js';
import type { ByteBudget, ByteShare } from '../../runtime/http/byte-budget.js';
import { BodyFault, isEncoded, NO_ROOM, PART_FULL, readBody } from '../../runtime/http/read-body.js';
import { STALE_CONNECTION } from '../../runtime/http/send-request.js';
import { decodeUtf8 } from '../../runtime/json/decode-utf8.js';
import type { ReplyBytes } from '../bytes/carriage.js';
import { type AnswerHead, readAnswerHead, refuseByStatus } from './answer-head.js';
import type { OriginClient, OutgoingCall, ReplyHandler, ReplyHeaders } from './client/origin-client.js';
import { NO_ANSWER_IN_TIME, TransportFailure } from './transport-failure.js';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** A body, and the head it came with. */
export class PostAnswer implements ReplyBytes {
  readonly head: AnswerHead;
  #chunks: readonly Buffer[];
  #text: string | null = null;

  constructor(head: AnswerHead, chunks: readonly Buffer[]) {
    this.head = head;
    this.#chunks = chunks;
  }

  get chunks(): readonly Buffer[] {
    return this.#chunks;
  }

  get bytes(): Buffer {
    const [first, ...others] = this.#chunks;
    if (first !== undefined && others.length === 0) return first;
    const whole = Buffer.concat(this.#chunks);
    this.#chunks = [whole];
    return whole;
  }

  /** The same as text, without a byte order mark. Who shares the answer shares it. */
  get text(): string {
    if (this.#text !== null) return this.#text;
    const { bytes } = this;
    const isMarked = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    this.#text = decodeUtf8(isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
    return this.#text;
  }
}

/** A body, which may be shared (what is parsed from it may not), or why there is none. */
export type Outcome = PostAnswer | TransportFailure;

interface ExchangeRequest extends OutgoingCall {
  /** Whether sending it twice does no harm. */
  readonly repeatable: boolean;
  /** Size of the answer after decompression. */
  readonly maxBytes: number;
  /** What answers of all subgraphs may take together. */
  readonly bytes: ByteBudget;
}

/** One HTTP request to a subgraph, whose answer is gathered without streams. */
export class Exchange implements ReplyHandler {
  readonly #client: OriginClient;
  readonly #request: ExchangeRequest;
  readonly #settle: (outcome: Outcome) => void;
  #giveUp: (reason: Error) => void = () => undefined;
  #head: AnswerHead | null = null;
  #chunks: Buffer[] = [];
  #size = 0;
  #isRepeated = false;
  #isSettled = false;
  readonly #share: ByteShare;
  /** What is being decompressed. */
  #encoded: Readable | null = null;

  /** @param settle called once: with a body, or with the reason why there is none. */
  constructor(client: OriginClient, request: ExchangeRequest, settle: (outcome: Outcome) => void) {
    this.#client = client;
    this.#request = request;
    this.#settle = settle;
    this.#share = request.bytes.open();
  }

  send(): void {
    this.#giveUp = this.#client.send(this.#request, this, this.#isRepeated);
  }

  /** Nobody waits any more. */
  abort(): void {
    this.#end(NO_ANSWER_IN_TIME);
  }

  onHead(status: number, headers: ReplyHeaders): void {
    this.#head = readAnswerHead(status, headers);
    const { refusal } = this.#head;
    if (refusal !== null) this.#end(refusal);
    // Nothing is read of what is known to be too much.
    else if (Number(headers['content-length']) > this.#request.maxBytes) this.#refuseSize();
  }

  onData(chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#size += chunk.length;
    if (this.#size > this.#request.maxBytes) {
      this.#refuseSize();
      return;
    }
    const taken = this.#share.take(chunk.length);
    if (taken === 'taken') this.#chunks.push(chunk);
    else if (taken === 'part-full') this.#end(new TransportFailure('SOURCE_TOO_LARGE', PART_FULL));
    else this.#end(new TransportFailure('SOURCE_TOO_LARGE', NO_ROOM, { isOurs: true }));
  }

  onEnd(): void {
    const head = this.#head as AnswerHead;
    if (!isEncoded(head.encoding)) this.#end(new PostAnswer(head, this.#chunks));
    else {
      this.#encoded = Readable.from([Buffer.concat(this.#chunks)]);
      readBody(this.#encoded, head.encoding, this.#request.maxBytes, this.#share).then(
        (plain) => this.#end(new PostAnswer(head, [plain])),
        (error: unknown) => this.#end(bodyFailure(error, head)),
      );
    }
  }

  onFailure(error: Error): void {
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

  #refuseSize(): void {
    const { maxBytes } = this.#request;
    this.#end(new TransportFailure('SOURCE_TOO_LARGE', `the answer exceeds ${maxBytes} bytes`));
  }

  #end(outcome: Outcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#chunks = [];
    this.#share.close();
    this.#encoded?.destroy();
    // What is still to come is read by nobody.
    if (outcome instanceof TransportFailure) this.#giveUp(outcome);
    this.#settle(outcome);
  }
}

function bodyFailure(error: unknown, head: AnswerHead): TransportFailure {
  if (error instanceof BodyFault && error.kind !== 'malformed') {
    const isOurs = error.kind === 'no-room';
    return new TransportFailure('SOURCE_TOO_LARGE', String(error), { cause: error, isOurs });
  }
  return refuseByStatus(head, String(error), error);
}

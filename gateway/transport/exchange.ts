import { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import { errorCodeOf } from '../../runtime/error-code.js';
import { BodyFault, readBody } from '../../runtime/http/read-body.js';
import { STALE_CONNECTION } from '../../runtime/http/send-request.js';
import { TransportFailure } from './transport-failure.js';

/** A JSON text and the status it came with. */
export interface PostAnswer {
  readonly status: number;
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
}

const JSON_TYPE = /^application\/(?:[a-z0-9.-]+\+)?json\b/i;

/** One HTTP request to a subgraph, whose answer is gathered without streams. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #pool: Pool;
  readonly #request: ExchangeRequest;
  readonly #settle: (outcome: Outcome) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #encoding = '';
  #chunks: Buffer[] = [];
  #size = 0;
  #isRepeated = false;
  #isSettled = false;

  /** @param settle called once: with a JSON text, or with the reason why there is none. */
  constructor(pool: Pool, request: ExchangeRequest, settle: (outcome: Outcome) => void) {
    this.#pool = pool;
    this.#request = request;
    this.#settle = settle;
  }

  send(): void {
    const { path, headers, body } = this.#request;
    this.#pool.dispatch({ method: 'POST', path, headers: headers as string[], body }, this);
  }

  /** Nobody waits any more. */
  abort(): void {
    this.#end(new TransportFailure('SUBGRAPH_TIMEOUT', 'no complete answer before the deadline'));
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
    this.#status = status;
    this.#encoding = textOf(headers['content-encoding']).trim().toLowerCase();
    const refusal = refuseAnswer(status, textOf(headers['content-type']));
    if (refusal !== null) this.#end(refusal);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#request.maxBytes) {
      const { maxBytes } = this.#request;
      this.#end(new TransportFailure('SOURCE_TOO_LARGE', `the answer exceeds ${maxBytes} bytes`));
    } else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, ...others] = this.#chunks;
    const bytes = first !== undefined && others.length === 0 ? first : Buffer.concat(this.#chunks);
    if (this.#encoding === '' || this.#encoding === 'identity') this.#end(this.#answer(bytes));
    else {
      readBody(Readable.from([bytes]), this.#encoding, this.#request.maxBytes).then(
        (plain) => this.#end(this.#answer(plain)),
        (error: unknown) => this.#end(bodyFailure(error)),
      );
    }
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#isSettled) return;
    const isStale = this.#status === 0 && STALE_CONNECTION.has(errorCodeOf(error) ?? '');
    if (isStale && this.#request.repeatable && !this.#isRepeated) {
      this.#isRepeated = true;
      this.send();
      return;
    }
    const reason = `the connection failed: ${String(error)}`;
    this.#end(new TransportFailure('SUBGRAPH_UNAVAILABLE', reason, { cause: error }));
  }

  #answer(bytes: Buffer): PostAnswer {
    return { status: this.#status, text: bytes.toString('utf8') };
  }

  #end(outcome: Outcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#chunks = [];
    // What is still to come is read by nobody.
    if (outcome instanceof TransportFailure) this.#controller?.abort(outcome);
    this.#settle(outcome);
  }
}

function bodyFailure(error: unknown): TransportFailure {
  const isTooLarge = error instanceof BodyFault && error.kind === 'too-large';
  const code = isTooLarge ? 'SOURCE_TOO_LARGE' : 'SUBGRAPH_MALFORMED';
  return new TransportFailure(code, String(error), { cause: error });
}

function refuseAnswer(status: number, contentType: string): TransportFailure | null {
  if (status >= 300 && status < 400) {
    return new TransportFailure('SUBGRAPH_MALFORMED', `a redirect (${status}) is not followed`);
  }
  if (JSON_TYPE.test(contentType)) return null;
  const code = status >= 500 || status === 429 ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_MALFORMED';
  return new TransportFailure(code, `answered ${status} with ${JSON.stringify(contentType)} instead of JSON`);
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '');
}

import type { Dispatcher, Pool } from 'undici';
import { ACCEPTED_ENCODINGS, BodyFault, readBody } from '../../runtime/http/read-body.js';
import { dropBody, sendRequest } from '../../runtime/http/send-request.js';
import { TransportFailure } from './transport-failure.js';

export interface PostRequest {
  readonly path: string;
  readonly body: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Whether sending it twice does no harm. */
  readonly repeatable: boolean;
  readonly maxBytes: number;
}

/** A JSON text and the status it came with. */
export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

const JSON_TYPE = /^application\/(?:[a-z0-9.-]+\+)?json\b/i;

/** @throws {TransportFailure} for everything but a JSON text. */
export async function postQuery(pool: Pool, request: PostRequest): Promise<PostAnswer> {
  try {
    const answer = await send(pool, request);
    return await readAnswer(answer, request.maxBytes);
  } catch (error) {
    if (error instanceof TransportFailure) throw error;
    const cause = { cause: error };
    if (request.signal.aborted) {
      throw new TransportFailure('SUBGRAPH_TIMEOUT', 'no complete answer before the deadline', cause);
    }
    throw new TransportFailure('SUBGRAPH_UNAVAILABLE', `the connection failed: ${String(error)}`, cause);
  }
}

function send(pool: Pool, request: PostRequest): Promise<Dispatcher.ResponseData> {
  const { path, body, signal, repeatable } = request;
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'x-request-id': request.requestId,
    'x-deadline-ms': String(Math.max(1, Math.floor(request.deadline - Date.now()))),
  };
  return sendRequest(pool, { method: 'POST', path, headers, body, signal }, { repeatable });
}

async function readAnswer(answer: Dispatcher.ResponseData, maxBytes: number): Promise<PostAnswer> {
  const { statusCode: status, headers, body } = answer;
  try {
    const refusal = refuseAnswer(status, textOf(headers['content-type']));
    if (refusal !== null) throw refusal;
    const bytes = await readBody(body, textOf(headers['content-encoding']), maxBytes);
    return { status, text: bytes.toString('utf8') };
  } catch (error) {
    dropBody(answer);
    if (!(error instanceof BodyFault)) throw error;
    const code = error.kind === 'too-large' ? 'SOURCE_TOO_LARGE' : 'SUBGRAPH_MALFORMED';
    throw new TransportFailure(code, error.message, { cause: error });
  }
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

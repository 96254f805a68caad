import { type Dispatcher, errors } from 'undici';
import { type OriginPool, openPool } from '../../runtime/http/open-pool.js';
import { ACCEPTED_ENCODINGS, BodyFault, readBody } from '../../runtime/http/read-body.js';
import { dropBody, sendRequest } from '../../runtime/http/send-request.js';
import type { Deadline } from '../call-deadline.js';
import { codeOf, type FailureKind, wrapForeign } from '../foreign-error.js';
import { SourceError, SourceMalformed, SourceTooLarge } from '../source-error.js';

/** The system's own, of minutes, would outlast every deadline; this one frees the place in the pool. */
const CONNECT_TIMEOUT_MS = 10_000;

interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Path below the origin's `basePath`, with its query; begins with `/`. */
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: string | Uint8Array;
}

/** An answer of any status but a redirect. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; what was sent several times is joined by `, `. */
  readonly headers: ReadonlyMap<string, string>;
  /** Decompressed. */
  readonly bytes: Buffer;
}

/** A server that speaks HTTP, and the connections to it. */
export interface Origin {
  /** Path of the configured URL without a slash at its end; empty when there is none. */
  readonly basePath: string;
  /**
   * One read: sent once more when its kept connection turns out to be stale.
   *
   * @throws {SourceUnavailable} when the server does not answer, the connection breaks before the end, or after `close`.
   * @throws {SourceTooLarge} beyond `deadline.maxBytes` after decompression.
   * @throws {SourceMalformed} on a redirect, on what is no HTTP, and on what cannot be decompressed.
   * @throws {SourceTimeout} the deadline's own, when it is reached.
   */
  exchange(request: HttpRequest, deadline: Deadline): Promise<HttpAnswer>;
  /** When the server's certificate ends; null before the first connection, and where it has none. */
  certificateEndsAt(): Date | null;
  /** Cuts what is still running; idempotent. */
  close(): Promise<void>;
}

interface OriginOptions {
  /** Simultaneous requests; more wait within their deadline. Default 64. */
  readonly connections?: number;
}

/** @param url `http(s)://host[:port][/path]`; nothing is opened before the first exchange. */
export function openOrigin(url: string, options: OriginOptions = {}): Origin {
  const { origin, pathname } = new URL(url);
  let endsAt: Date | null = null;
  const pool = openPool(origin, {
    ...options,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    onCertificate: (at) => {
      endsAt = at;
    },
  });
  const basePath = pathname.replace(/\/+$/, '');
  return {
    basePath,
    exchange: async (request, deadline) => {
      const action = `read ${request.path.split('?', 1)[0]}`;
      try {
        return await exchange(pool, { ...request, path: basePath + request.path }, deadline, action);
      } catch (error) {
        if (deadline.signal.aborted) throw deadline.signal.reason;
        throw error instanceof SourceError ? error : wrapForeign(failureKindOf(error), action, error);
      }
    },
    certificateEndsAt: () => endsAt,
    close: () => pool.destroy().catch(() => undefined),
  };
}

async function exchange(
  pool: OriginPool,
  { method, path, headers, body }: HttpRequest,
  { signal, maxBytes }: Deadline,
  action: string,
): Promise<HttpAnswer> {
  const answer = await sendRequest(
    pool,
    {
      method,
      path,
      headers: ['accept-encoding', ACCEPTED_ENCODINGS, ...[...headers].flat()],
      signal,
      ...(body !== undefined && { body: typeof body === 'string' ? Buffer.from(body) : body }),
    },
    { repeatable: true },
  );
  const { statusCode: status } = answer;
  try {
    if (status >= 300 && status < 400) {
      throw new SourceMalformed(`Cannot ${action}: an answer must not redirect, but its status is ${status}`);
    }
    const received = decodeHeaders(answer.headers);
    const bytes = await readBody(answer.body, received.get('content-encoding') ?? '', maxBytes);
    return { status, headers: received, bytes };
  } catch (error) {
    dropBody(answer);
    if (!(error instanceof BodyFault)) throw error;
    const Fault = error.kind === 'malformed' ? SourceMalformed : SourceTooLarge;
    throw new Fault(`Cannot ${action}: ${error.message}`, { cause: error });
  }
}

function decodeHeaders(headers: Dispatcher.ResponseData['headers']): ReadonlyMap<string, string> {
  const decoded = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) decoded.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
  }
  return decoded;
}

/** Failures of the connection are `unavailable`; an answer that is no HTTP is `malformed`. */
function failureKindOf(error: unknown): FailureKind {
  const code = codeOf(error);
  if (code === 'UND_ERR_INVALID_ARG') return 'rejected';
  const isForeign = error instanceof errors.HTTPParserError || code === 'UND_ERR_HEADERS_OVERFLOW';
  return isForeign ? 'malformed' : 'unavailable';
}

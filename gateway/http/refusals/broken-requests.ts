import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorCodeOf } from '../../../runtime/error-code.js';
import type { LimitFacts } from '../limits/limit-error.js';
import { chooseRequestId } from '../request-id.js';
import type { LimitValues } from '../request-limits.js';
import { SECURITY_HEADERS } from '../security-headers.js';
import { httpErrorBody } from './http-errors.js';

/** Told of each request that is refused here. */
type OnRefused = (refused: {
  readonly requestId: string;
  readonly status: number;
  readonly reason: string;
}) => void;

/** Milliseconds for a caller to read why, before its connection is cut. */
const LINGER_MS = 500;

/** Answers what Node's own server would refuse with an empty answer or none, before Fastify hears of it. */
export function answerBrokenRequests(server: Server, onRefused: OnRefused): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const requestId = chooseRequestId(request.headers['x-request-id']);
    onRefused({ requestId, status: 417, reason: 'Expect' });
    const body = Buffer.from(httpErrorBody(417, requestId));
    response.writeHead(417, { ...headersOf(requestId), 'content-length': body.length }).end(body);
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    refuseRaw(socket, 405, chooseRequestId(request.headers['x-request-id']));
  });
}

const refused = new WeakSet<Duplex>();

/** For what Node's HTTP parser refuses, and for requests that do not arrive in time. */
export function createClientErrorHandler(
  limits: Pick<LimitValues, 'headerBytes' | 'headersTime' | 'receiveTime'>,
  onRefused: OnRefused,
): (error: Error, socket: Duplex) => void {
  return (error, socket) => {
    // What follows on a connection that is refused already.
    if (refused.has(socket)) return;
    const code = errorCodeOf(error) ?? '';
    if (code === 'ECONNRESET' || !socket.writable || hasAnswered(socket)) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const status = statusOf(code);
    onRefused({ requestId, status, reason: code });
    refuseRaw(socket, status, requestId, factsOf(status, socket, limits));
  };
}

function statusOf(code: string): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

/** Which limit the parser found, as far as that can be told. */
function factsOf(
  status: number,
  socket: Duplex,
  limits: Pick<LimitValues, 'headerBytes' | 'headersTime' | 'receiveTime'>,
): LimitFacts | undefined {
  if (status !== 431 && status !== 408) return undefined;
  const ofTime = runningOf(socket) === null ? 'headersTime' : 'receiveTime';
  const limit = status === 431 ? 'headerBytes' : ofTime;
  return { limit, allowed: limits[limit], actual: null };
}

/** Whether an answer has begun on the connection: then nothing can be said any more. */
function hasAnswered(socket: Duplex): boolean {
  return runningOf(socket)?.headersSent === true;
}

/** The answer to a request whose head has arrived. */
function runningOf(socket: Duplex): ServerResponse | null {
  const { _httpMessage: running } = socket as Duplex & { readonly _httpMessage?: ServerResponse | null };
  return running ?? null;
}

function refuseRaw(socket: Duplex, status: number, requestId: string, facts?: LimitFacts): void {
  refused.add(socket);
  const body = Buffer.from(httpErrorBody(status, requestId, facts));
  const headers = Object.entries({
    ...headersOf(requestId),
    'content-length': body.length,
    connection: 'close',
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.on('error', () => undefined);
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  // A cut while the caller still sends would take the answer from it.
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function headersOf(requestId: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': requestId,
    ...SECURITY_HEADERS,
  };
}

import { InOrder } from '../../../../runtime/churn/in-order.js';
import { CONNECTIONS, KEEP_ALIVE_MS } from '../../../../runtime/http/open-pool.js';
import type { OriginClient, OutgoingCall, ReplyHandler } from '../origin-client.js';
import { PlainConnection } from './plain-connection.js';

interface PlainClientOptions {
  readonly connectTimeoutMs: number;
  /** Calls at a time; more wait in line within their deadline. Default 64. */
  readonly connections?: number;
  /** How long a connection without a call is kept. Default 4 s: less than the five of Node's own servers, so that it rarely goes stale. */
  readonly keepAliveMs?: number;
}

/** A call that waits for a connection. */
interface Waiting {
  readonly bytes: Buffer;
  readonly handler: ReplyHandler;
  /** Gives it up, in line or on its way. */
  leave: () => void;
}

const USUAL_PORT = 80;
/** RFC 9110 §5.5: what ends a line would begin another header. */
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Calls an origin over plain HTTP/1.1, for a third of what a client for everything costs: POST with a body at hand, the whole
 * reply wanted, one call at a time on a connection.
 *
 * @param origin `http://host[:port]`
 */
export function createPlainClient(
  origin: string,
  { connectTimeoutMs, connections: most = CONNECTIONS, keepAliveMs = KEEP_ALIVE_MS }: PlainClientOptions,
): OriginClient {
  const { hostname, port: portText, host } = new URL(origin);
  const to = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(portText || USUAL_PORT),
    connectTimeoutMs,
  };
  const open = new InOrder<PlainConnection>();
  /** The one that was used last is used first, so that those that are not needed grow old. */
  let free: PlainConnection[] = [];
  const line = new InOrder<Waiting>();
  let sweeps: NodeJS.Timeout | null = null;
  let isClosed = false;

  const sweep = (): void => {
    const now = performance.now();
    for (const connection of free.filter(({ freeUntil }) => freeUntil <= now)) connection.close();
    if (open.size === 0 && sweeps !== null) {
      clearInterval(sweeps);
      sweeps = null;
    }
  };
  const takeFree = (): PlainConnection | null => {
    const connection = free.pop() ?? null;
    if (connection === null || connection.freeUntil > performance.now()) return connection;
    connection.close();
    return takeFree();
  };
  const serve = (waiting: Waiting, connection: PlainConnection): void => {
    waiting.leave = connection.send(waiting.bytes, waiting.handler);
  };
  const connect = (): PlainConnection => {
    const connection: PlainConnection = new PlainConnection(to, {
      onFree: (keepsMs) => {
        connection.freeUntil = performance.now() + Math.min(keepsMs, keepAliveMs);
        if (line.first === undefined) free.push(connection);
        else serveFirst(line.first, connection);
      },
      onGone: () => {
        leave();
        free = free.filter((other) => other !== connection);
        if (line.first !== undefined) serveFirst(line.first, connect());
      },
    });
    const leave = open.add(connection);
    sweeps ??= setInterval(sweep, keepAliveMs / 4).unref();
    return connection;
  };
  const serveFirst = (first: Waiting, connection: PlainConnection): void => {
    first.leave();
    serve(first, connection);
  };

  return {
    send: (call, handler, isRepeated) => {
      const bytes = isClosed ? new Error('the client is closed') : bytesOf(host, call);
      if (bytes instanceof Error) {
        queueMicrotask(() => handler.onFailure(bytes));
        return () => undefined;
      }
      // Where one was stale all that were free as long are: after a restart of the other side, for one.
      if (isRepeated) for (const connection of [...free]) connection.close();
      const waiting: Waiting = { bytes, handler, leave: () => undefined };
      const connection = takeFree();
      if (connection !== null) serve(waiting, connection);
      else if (open.size < most) serve(waiting, connect());
      else waiting.leave = line.add(waiting);
      return () => waiting.leave();
    },
    close: async () => {
      isClosed = true;
      for (const { leave, handler } of line) {
        leave();
        handler.onFailure(new Error('the client is closed'));
      }
      for (const connection of open) connection.close();
    },
  };
}

/** An error where a header's value would break the head. */
function bytesOf(host: string, { path, headers, body }: OutgoingCall): Buffer | Error {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  let head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${length}\r\n`;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const value = headers[at + 1] as string;
    if (NO_VALUE.test(value)) return new Error(`the value of ${headers[at]} can't be sent`);
    head += `${headers[at]}: ${value}\r\n`;
  }
  head += '\r\n';
  const bytes = Buffer.allocUnsafe(head.length + length);
  bytes.write(head, 'latin1');
  if (typeof body === 'string') bytes.write(body, head.length, 'utf8');
  else bytes.set(body, head.length);
  return bytes;
}

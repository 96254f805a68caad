import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.js';
import type { LegacyAnswer, LegacyProtocol, LegacyRequest } from './legacy-protocol.js';
import { sendAnswer } from './send-answer.js';

const MAX_BODY_BYTES = 1_000_000;
const RECENT = 10_000;

/** A request that reached a system, whatever was answered. */
interface Arrival {
  /** Epoch milliseconds by the true clock. */
  readonly at: number;
  /** Without the query. */
  readonly path: string;
}

interface RequestCounts {
  readonly total: number;
  readonly byPath: ReadonlyMap<string, number>;
  /** The last 10,000, oldest first. */
  readonly recent: readonly Arrival[];
}

/** A legacy system of the demo county that runs in this process, on 127.0.0.1. */
export interface DemoServer {
  /** `http://127.0.0.1:<port>`; stays the same through faults. */
  readonly url: string;
  /** From now on every answer suffers from it; null heals. Resolves when it is in force. */
  inject(fault: Fault | null): Promise<void>;
  /** Since the start. */
  requests(): RequestCounts;
  /** As `LegacyProtocol.stated`; empty where nothing is asked. */
  stated(): readonly string[];
  /** Idempotent; open connections are cut. */
  close(): Promise<void>;
}

/**
 * Serves a protocol on a free port of 127.0.0.1.
 *
 * @param now the system's clock, epoch milliseconds.
 */
export async function startDemoServer(
  protocol: LegacyProtocol,
  now: () => number = Date.now,
): Promise<DemoServer> {
  const server = new FaultyServer(protocol, now);
  await server.listen();
  return server;
}

class FaultyServer implements DemoServer {
  readonly #protocol: LegacyProtocol;
  readonly #now: () => number;
  readonly #http: Server;
  readonly #byPath = new Map<string, number>();
  readonly #closing = new AbortController();
  #recent: Arrival[] = [];
  #total = 0;
  #port = 0;
  #fault: Fault | null = null;

  constructor(protocol: LegacyProtocol, now: () => number) {
    this.#protocol = protocol;
    this.#now = now;
    this.#http = createServer((request, response) => void this.#serve(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(this.#port, '127.0.0.1', () => {
        this.#http.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#http.address() as AddressInfo).port;
  }

  async inject(fault: Fault | null): Promise<void> {
    this.#fault = fault;
    if (fault?.expiredSecret === true) this.#protocol.expireSecrets?.();
    if (fault?.transport === 'refused') await this.#stopListening();
    else if (!this.#http.listening && !this.#closing.signal.aborted) await this.listen();
  }

  requests(): RequestCounts {
    return { total: this.#total, byPath: new Map(this.#byPath), recent: [...this.#recent] };
  }

  stated(): readonly string[] {
    return this.#protocol.stated?.() ?? [];
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#stopListening();
    this.#protocol.close();
  }

  async #stopListening(): Promise<void> {
    if (!this.#http.listening) return;
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = splitTarget(request.url ?? '');
    this.#count(path);
    try {
      const body = await readBody(request);
      if (this.#fault?.delayMs !== undefined) {
        await wait(this.#fault.delayMs, undefined, { signal: this.#closing.signal });
      }
      const fault = this.#fault;
      const now = this.#now() + (fault?.clockOffsetMs ?? 0);
      const { method = 'GET', headers } = request;
      const refusesCredentials = fault?.expiredSecret === true;
      const legacy: LegacyRequest = { method, path, query, headers, body, now, refusesCredentials };
      response.setHeader('date', new Date(now).toUTCString());
      await sendAnswer(response, answerOf(this.#protocol, legacy), this.#protocol.failure, fault);
    } catch {
      // Too large a request, or one that was cut short; what a real system's container does then.
      response.destroy();
    }
  }

  #count(path: string): void {
    this.#total += 1;
    this.#byPath.set(path, (this.#byPath.get(path) ?? 0) + 1);
    this.#recent.push({ at: Date.now(), path });
    if (this.#recent.length >= 2 * RECENT) this.#recent = this.#recent.slice(-RECENT);
  }
}

function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** A protocol that breaks answers as a servlet container does, so that nobody takes it for a network fault. */
function answerOf(protocol: LegacyProtocol, request: LegacyRequest): LegacyAnswer {
  try {
    return protocol.answer(request);
  } catch (error) {
    return { status: 500, type: 'text/plain', charset: 'utf-8', text: `HTTP Status 500\n${String(error)}\n` };
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new RangeError(
        `Cannot read a request: it must have at most ${MAX_BODY_BYTES} bytes, but has more`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

import { Worker } from 'node:worker_threads';
import type { ListenAddress } from '../../runtime/listen-address.js';
import type { Look, LookAnswer } from './look.js';

type AskedLook = import('./thread/health-thread.mjs').AskedLook;
type Opened = import('./thread/health-thread.mjs').Opened;

/** The serving thread tells so often that it has turns. */
const BEAT_MS = 500;
/** Headers of one connection. */
const ONE_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
/** It keeps some answers of a hundred kilobytes. */
const RESOURCES = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

export interface HealthPort {
  /** Where it listens, as `http://127.0.0.1:4100`. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * `/health/live`, `/health/ready` and `/metrics` on a port and in a thread of their own: they answer however busy the
 * thread is that serves.
 *
 * @param look answers as the gateway itself would; whoever asks is told only what he may know.
 * @throws the system's error, with its code, when the address cannot be had.
 */
export async function openHealthPort(
  { host, port }: ListenAddress,
  look: (asked: Look) => Promise<LookAnswer>,
): Promise<HealthPort> {
  const thread = new Worker(new URL('./thread/health-thread.mjs', import.meta.url), {
    workerData: { host, port },
    resourceLimits: RESOURCES,
  });
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', () => resolve());
  });
  const close = async (): Promise<void> => {
    clearInterval(beats);
    thread.postMessage({ end: true });
    await ended;
  };
  const beats = setInterval(() => thread.postMessage({ beat: true }), BEAT_MS).unref();
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      thread.once('error', reject);
      thread.on('message', (said: Opened | AskedLook) => {
        if ('listening' in said) resolve(said.listening);
        else if ('failed' in said) reject(Object.assign(new Error(said.failed), { code: said.code }));
        else void answer(said);
      });
    });
    return { origin, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function answer({ ask, ...asked }: AskedLook): Promise<void> {
    const { headers, ...found } = await look(asked).catch(
      (): LookAnswer => ({ status: 503, headers: {}, body: '{"status":"busy"}' }),
    );
    const passed = Object.entries(headers).filter(([name]) => !ONE_HOP.has(name));
    thread.postMessage({ answer: ask, ...found, headers: Object.fromEntries(passed) });
  }
}

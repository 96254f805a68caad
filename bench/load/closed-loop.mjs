import { Client } from 'undici';
import { isRefusal } from './is-refusal.mjs';

/**
 * @typedef {object} Load requests that run without pause, as many at a time as there are connections
 * @property {() => Promise<Tally>} stop lets what runs come to its end: all that was begun is counted, and nothing else.
 *
 * @typedef {object} Tally
 * @property {number} elapsedMs
 * @property {readonly number[]} latenciesMs one per request
 *
 * @typedef {object} Verdict
 * @property {(index: number, status: number, chunks: readonly Buffer[]) => void} judge an answer to the case of that index
 * @property {(index: number, error: Error) => void} fail
 */

/** A server that refuses must not be asked again at once, without end. */
const PAUSE_MS = 100;
const HEADERS = { 'content-type': 'application/json' };

/**
 * @param {{url: string, headers?: Readonly<Record<string, string>>, bodies: readonly string[], connections: number, verdict: Verdict}} options
 * @returns {Load}
 */
export function startLoad({ url, headers = {}, bodies, connections, verdict }) {
  const { origin, pathname } = new URL(url);
  const all = { ...HEADERS, ...headers };
  let next = 0;
  let stops = false;
  /** @type {number[]} */
  const latenciesMs = [];
  const startedMs = performance.now();

  /** One connection. @returns {Promise<void>} when it is closed */
  const loop = async () => {
    const client = new Client(origin);
    await new Promise((resolve) => {
      const step = () => {
        if (stops) {
          resolve(undefined);
          return;
        }
        const index = next++ % bodies.length;
        const sentMs = performance.now();
        let status = 0;
        /** @type {Buffer[]} */
        const chunks = [];
        client.dispatch(
          { path: pathname, method: 'POST', headers: all, body: bodies[index] },
          {
            onRequestStart: () => undefined,
            onResponseStart: (_, code) => {
              status = code;
            },
            onResponseData: (_, chunk) => void chunks.push(chunk),
            onResponseEnd: () => {
              latenciesMs.push(performance.now() - sentMs);
              verdict.judge(index, status, chunks);
              if (isRefusal(status)) setTimeout(step, PAUSE_MS);
              else step();
            },
            onResponseError: (_, error) => {
              verdict.fail(index, error);
              setTimeout(step, PAUSE_MS);
            },
          },
        );
      };
      step();
    });
    await client.close();
  };
  const loops = Array.from({ length: connections }, loop);

  return {
    stop: async () => {
      stops = true;
      await Promise.all(loops);
      return { elapsedMs: performance.now() - startedMs, latenciesMs };
    },
  };
}

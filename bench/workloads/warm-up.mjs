import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad } from '../load/closed-loop.mjs';

const LEAST_MS = 3000;
/** A slow gateway's code is to be compiled too: what takes time counts, and how often it ran. */
const LEAST_REQUESTS = 500;
const GIVE_UP_MS = 60_000;
const LOOK_MS = 50;

/**
 * Load that is not measured: as long as a round, and until every case was answered once. A gateway plans and compiles
 * meanwhile, and its answers become known to the checker.
 *
 * @param {Pick<import('../load/measure-round.mjs').Target, 'url' | 'headers'>} target
 * @param {{bodies: readonly string[], connections: number, seconds: number, leastRequests?: number}} load
 * @param {import('../load/closed-loop.mjs').Verdict} verdict
 */
export async function warmUp({ url, headers }, load, verdict) {
  const { bodies, connections, seconds } = load;
  let answered = 0;
  const running = startLoad({
    url,
    headers,
    bodies,
    connections,
    verdict: {
      judge: (index, status, chunks) => {
        answered++;
        verdict.judge(index, status, chunks);
      },
      fail: verdict.fail,
    },
  });
  const started = performance.now();
  const leastMs = Math.max(LEAST_MS, seconds * 1000);
  const leastRequests = Math.max(load.leastRequests ?? LEAST_REQUESTS, bodies.length);
  const isEnough = () => {
    const elapsedMs = performance.now() - started;
    return elapsedMs > GIVE_UP_MS || (elapsedMs > leastMs && answered >= leastRequests);
  };
  while (!isEnough()) await sleep(LOOK_MS);
  await running.stop();
}

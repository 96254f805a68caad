import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, usageOf } from '../process/process-usage.mjs';
import { warmUp } from '../workloads/warm-up.mjs';
import { startLoad } from './closed-loop.mjs';
import { percentile } from './statistics.mjs';

/**
 * Prints it, too.
 *
 * @param {{url: string, pid: number, headers?: Readonly<Record<string, string>>}} target
 * @param {import('./known-operations.mjs').Known} known
 * @param {{connections: number, seconds: number, leastRequests?: number}} load `leastRequests`: before it is measured
 * @returns {Promise<number>} good answers a second in a closed loop
 */
export async function measureCapacity({ url, pid, headers }, { bodies, judge }, load) {
  const ends = { good: 0, told: 0, refused: 0, wrong: 0, broken: 0 };
  const verdict = {
    judge: (
      /** @type {number} */ index,
      /** @type {number} */ status,
      /** @type {readonly Buffer[]} */ chunks,
    ) => void ends[judge(index, status, chunks)]++,
    fail: () => void ends.broken++,
  };
  const { connections, seconds } = load;
  await warmUp({ url, headers }, { ...load, bodies }, verdict);
  for (const end of Object.keys(ends)) ends[end] = 0;
  const pids = processTree(pid);
  const before = usageOf(pids);
  const running = startLoad({ url, headers, bodies, connections, verdict });
  await sleep(seconds * 1000);
  const { elapsedMs, latenciesMs } = await running.stop();
  const { cpuMs, rssMb } = usageOf(pids);
  const { good, ...others } = ends;
  const rest = Object.entries(others).filter(([, count]) => count > 0);
  const capacity = (good * 1000) / elapsedMs;
  console.log(
    [
      `capacity ${capacity.toFixed(capacity < 10 ? 1 : 0)}/s`,
      `CPU ${((cpuMs - before.cpuMs) / good).toFixed(3)} ms a request`,
      `p99 ${percentile(latenciesMs, 0.99).toFixed(0)} ms`,
      `RSS ${rssMb.toFixed(0)} MB`,
      ...rest.map(([end, count]) => `${count} ${end}`),
    ].join(', '),
  );
  return capacity;
}

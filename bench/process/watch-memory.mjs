import { processTree, usageOf } from './process-usage.mjs';

const LOOK_MS = 250;

/**
 * @param {number} pid of a process; those that it started count, too
 * @returns {{rssMb: () => number, stop: () => number}} what it has now, and the most that it had until the watch stops
 */
export function watchMemory(pid) {
  const rssMb = () => usageOf(processTree(pid)).rssMb;
  let mostMb = rssMb();
  const timer = setInterval(() => {
    mostMb = Math.max(mostMb, rssMb());
  }, LOOK_MS);
  return {
    rssMb,
    stop: () => {
      clearInterval(timer);
      return mostMb;
    },
  };
}

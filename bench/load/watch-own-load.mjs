import { percent } from './count-outcomes.mjs';

/**
 * Near 100 %, it was the load that could do no more, and what was measured is not the gateway.
 *
 * @returns {() => string} share of a core that this process has had since
 */
export function watchOwnLoad() {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return percent((user + system) / 1000 / (performance.now() - startedMs));
  };
}

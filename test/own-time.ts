const TICK_MS = 10;
/** A longer pause between two ticks is one in which a busy machine ran other processes. */
const LONGEST_TICK_MS = 20;

interface OwnTime {
  /** Milliseconds until now; ends the measurement. */
  stop(): number;
}

/**
 * Measures time as this process had it: while a busy machine runs other processes, it stands still. So an upper bound
 * holds on every machine, and on a quiet one it is as strict as one of the clock on the wall.
 */
export function startOwnTime(): OwnTime {
  let ownMs = 0;
  let last = performance.now();
  let lastCpu = process.cpuUsage();
  const count = (): void => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(lastCpu);
    // A pause in which this process was busy itself counts in full.
    ownMs += Math.min(now - last, Math.max(LONGEST_TICK_MS, (user + system) / 1000));
    last = now;
    lastCpu = process.cpuUsage();
  };
  const ticking = setInterval(count, TICK_MS);
  ticking.unref();
  return {
    stop: () => {
      clearInterval(ticking);
      count();
      return ownMs;
    },
  };
}

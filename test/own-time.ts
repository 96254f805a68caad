const TICK_MS = 10;
/** A longer pause between two ticks is one in which a busy machine ran other processes. */
const LONGEST_TICK_MS = 20;

interface OwnTime {
  /** Milliseconds until now; ends the measurement. */
  stop(): number;
}

/** Milliseconds since any one moment: of the clock on the wall, and of processors in this process. */
interface Clocks {
  wallMs(): number;
  processorMs(): number;
}

const OF_THIS_PROCESS: Clocks = {
  wallMs: () => performance.now(),
  processorMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * Measures time as this process had it: while a busy machine runs other processes, it stands still. So an upper bound
 * holds on every machine, and on a quiet one it is as strict as one of the clock on the wall.
 */
export function startOwnTime({ wallMs, processorMs }: Clocks = OF_THIS_PROCESS): OwnTime {
  let ownMs = 0;
  let last = wallMs();
  let lastProcessor = processorMs();
  const count = (): void => {
    const now = wallMs();
    const processor = processorMs();
    // A pause in which this process was busy itself counts in full.
    ownMs += Math.min(now - last, Math.max(LONGEST_TICK_MS, processor - lastProcessor));
    last = now;
    lastProcessor = processor;
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

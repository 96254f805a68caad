import { setTimeout } from 'node:timers/promises';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

/** How long a walk waits for what is away: for each name so long in all, anew once it has been back. What was
 * waited for in vain is not waited for again. */
export interface Patience {
  /** Waits a while before the next attempt. @returns false when none of the names is waited for any longer. */
  wait(names: readonly string[], signal: AbortSignal): Promise<boolean>;
  /** Tells what is away after an attempt; all others are back. */
  see(names: readonly string[]): void;
}

type Sleep = (ms: number, signal: AbortSignal) => Promise<unknown>;

const sleepThen: Sleep = (ms, signal) => setTimeout(ms, undefined, { signal });

/** @param sleep rejects when the signal aborts. */
export function createPatience(totalMs: number, sleep: Sleep = sleepThen): Patience {
  const waited = new Map<string, number>();
  let nextMs = FIRST_WAIT_MS;
  return {
    wait: async (names, signal) => {
      const leftMs = Math.max(...names.map((name) => totalMs - (waited.get(name) ?? 0)), 0);
      if (leftMs <= 0) return false;
      const ms = Math.min(nextMs, leftMs);
      nextMs = Math.min(nextMs * 2, LONGEST_WAIT_MS);
      for (const name of names) waited.set(name, (waited.get(name) ?? 0) + ms);
      await sleep(ms, signal).catch(() => undefined);
      return !signal.aborted;
    },
    see: (names) => {
      if (names.length === 0) nextMs = FIRST_WAIT_MS;
      for (const [name, ms] of waited) if (ms < totalMs && !names.includes(name)) waited.delete(name);
    },
  };
}

import type { Drop } from './drop.js';

interface Sighting {
  readonly stamp: string;
  readonly sinceMs: number;
}

/** Tells the drops that are complete from those that are still being written. */
export class QuietDrops {
  readonly #stableMs: number;
  #seen = new Map<string, Sighting>();

  /** @param stableMs how long a file must have stood unchanged between two looks. */
  constructor(stableMs: number) {
    this.#stableMs = stableMs;
  }

  /** @param nowMs of a monotonic clock. */
  observe(
    drops: readonly Drop[],
    nowMs: number,
  ): { readonly quiet: readonly Drop[]; readonly isAllQuiet: boolean } {
    const seen = new Map<string, Sighting>();
    const quiet: Drop[] = [];
    for (const drop of drops) {
      const before = this.#seen.get(drop.name);
      const isUnchanged = before?.stamp === drop.stamp;
      const sinceMs = isUnchanged ? before.sinceMs : nowMs;
      seen.set(drop.name, { stamp: drop.stamp, sinceMs });
      if (isUnchanged && nowMs - sinceMs >= this.#stableMs) quiet.push(drop);
    }
    this.#seen = seen;
    return { quiet, isAllQuiet: quiet.length === drops.length };
  }

  /** It has changed since: it must stand still once more. */
  forget(drop: Drop): void {
    this.#seen.delete(drop.name);
  }
}

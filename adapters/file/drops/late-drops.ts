import type { CurrentVersion } from '../versions/current-version.js';
import { compareNewestFirst, type Drop, isSameDrop } from './drop.js';

/**
 * The drops that came after the one that serves but say that they are older. A clerk who uploads a corrected table with
 * its old time expects it to serve.
 */
export class LateDrops {
  #found: readonly Drop[] = [];

  /** Newest first. */
  get found(): readonly Drop[] {
    return this.#found;
  }

  /**
   * @param drops what lies there, newest first.
   * @param isKnown whether a drop has been judged already.
   * @returns those that were not among them at the last look.
   */
  observe(
    drops: readonly Drop[],
    current: CurrentVersion | null,
    isKnown: (drop: Drop) => boolean,
  ): readonly Drop[] {
    const before = this.#found;
    this.#found = current === null ? [] : drops.filter((drop) => isLate(drop, current) && !isKnown(drop));
    return this.#found.filter((drop) => !before.some((each) => each.stamp === drop.stamp));
  }
}

function isLate(drop: Drop, current: CurrentVersion): boolean {
  const { drop: serving, earlier, seenMs } = current;
  if (seenMs === undefined || drop.arrivedMs <= seenMs) return false;
  if (isSameDrop(drop, serving) || drop.name === serving.name || isNewer(drop, current)) return false;
  return !earlier.some((each) => isSameDrop(each, drop));
}

/**
 * Whether a drop says that it is newer than the one that serves. One from a machine whose clock runs ahead must not keep
 * out those that come after it.
 */
export function isNewer(drop: Drop, { drop: serving, received }: CurrentVersion): boolean {
  const modifiedMs = Math.min(serving.modifiedMs, Date.parse(received));
  return compareNewestFirst(drop, { ...serving, modifiedMs }) < 0;
}

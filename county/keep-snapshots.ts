import type { County } from './open-county.js';

/** How often it is looked whether a reading is due. */
const LOOK_EVERY_MS = 1000;

/**
 * Reads the sources of which snapshots are kept, again and again. Readings of one source that take longer hold up no
 * other.
 *
 * @returns what stops that, after the first readings have ended.
 */
export async function keepSnapshots(county: Pick<County, 'keepSnapshots'>): Promise<() => void> {
  await county.keepSnapshots();
  const timer = setInterval(() => void county.keepSnapshots(), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

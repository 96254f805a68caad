import { setTimeout as delay } from 'node:timers/promises';
import type { County } from './open-county.js';

/** How often it is looked whether a reading is due. */
const LOOK_EVERY_MS = 1000;
/** The longest that a start waits for first readings: whoever asks before they have ended is told so. */
const START_WAIT_MS = 20_000;

/**
 * Reads the sources of which snapshots are kept, again and again. Readings of one source that take longer hold up no
 * other.
 *
 * @returns what stops that, after the first readings have ended or taken too long.
 */
export async function keepSnapshots(county: Pick<County, 'keepSnapshots'>): Promise<() => void> {
  const over = new AbortController();
  const patience = delay(START_WAIT_MS, undefined, { signal: over.signal, ref: false });
  await Promise.race([county.keepSnapshots('missing'), patience.catch(() => undefined)]);
  over.abort();
  const timer = setInterval(() => void county.keepSnapshots('missing'), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

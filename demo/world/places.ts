import type { Random } from '../random.js';
import type { Township } from './townships.js';

/** WGS-84 degrees, six decimals, at most so many millionths of a degree from where a township's people live. */
export function drawPlaceNear(
  random: Random,
  { centre }: Township,
  withinE6: number,
): { readonly lon: number; readonly lat: number } {
  return {
    lon: (centre.lonE6 + random.int(-withinE6, withinE6)) / 1e6,
    lat: (centre.latE6 + random.int(-withinE6, withinE6)) / 1e6,
  };
}

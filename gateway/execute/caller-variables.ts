import { ExactNumber } from '../../runtime/json/exact-json.js';

/** What a look at a caller's variables finds. */
type Found = 'nothing' | 'exact-numbers' | 'too-deep';

/** Nobody's input is nested deeper; what reads it goes down level by level. */
export const MAX_VARIABLE_DEPTH = 200;

/** Looks whether variables hold numbers with more digits than JavaScript's have, or are nested too deep. */
export function lookThrough(value: unknown, depthLeft = MAX_VARIABLE_DEPTH): Found {
  if (typeof value !== 'object' || value === null) return 'nothing';
  if (value instanceof ExactNumber) return 'exact-numbers';
  if (depthLeft < 0) return 'too-deep';
  let found: Found = 'nothing';
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    const below = lookThrough(inner, depthLeft - 1);
    if (below === 'too-deep') return below;
    if (below === 'exact-numbers') found = below;
  }
  return found;
}

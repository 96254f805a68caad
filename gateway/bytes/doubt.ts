import * as layout from './layout.js';

/** Why replies are left to the objects. */
export type Doubt = (typeof DOUBTS)[keyof typeof DOUBTS] | 'encoding';

const DOUBTS = {
  [layout.DOUBT_MALFORMED]: 'malformed',
  [layout.DOUBT_ERRORS]: 'errors',
  [layout.DOUBT_VIOLATION]: 'violation',
  [layout.DOUBT_TWICE]: 'duplicate',
  [layout.DOUBT_ESCAPE]: 'escape',
  [layout.DOUBT_SPELLING]: 'spelling',
  [layout.DOUBT_BOUND]: 'bound',
  [layout.DOUBT_ENTITIES]: 'entities',
  [layout.DOUBT_MERGE]: 'merge',
  [layout.DOUBT_EXTRA]: 'extra',
} as const;

/** @param code one of `DOUBT_…`. */
export function doubtOf(code: number): Doubt {
  return DOUBTS[code as keyof typeof DOUBTS];
}

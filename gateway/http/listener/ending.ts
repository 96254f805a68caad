/**
 * `retiring`: another process takes the connections from now on; those that are here are answered as usual, and closed with the
 * answer. `stopping`: nobody does; whatever comes is told to come back elsewhere or later, and what was accepted is answered.
 */
export type ServingState = 'serving' | 'retiring' | 'stopping';

/** How a gateway's port ends. */
export interface Ending {
  readonly how: Exclude<ServingState, 'serving'>;
  /** So long callers are told, each with his next request. Milliseconds. */
  readonly lingerMs: number;
  /** After so long in all what is not answered is cut. Milliseconds. */
  readonly graceMs: number;
}

/** Whoever is asked to end at once, by tests and by a person at the keyboard. */
export const AT_ONCE: Ending = { how: 'stopping', lingerMs: 0, graceMs: 5000 };
/** A proxy in front has time to notice; supervisors wait 10 s before they kill. */
export const IN_PEACE: Ending = { how: 'stopping', lingerMs: 2000, graceMs: 8000 };
/** Of a worker in whose place another one serves: connections that nobody uses for so long are closed. */
export const RETIRING: Ending = { how: 'retiring', lingerMs: 5000, graceMs: 8000 };

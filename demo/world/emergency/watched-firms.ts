import { ALL_INDUSTRIES } from '../market/industries.js';
import type { Organisation } from '../world.js';

const INDUSTRIES: ReadonlySet<string> = new Set(
  ALL_INDUSTRIES.filter(({ inspectedBy }) => inspectedBy.includes('EMERGENCY')).map(({ code }) => code),
);

/** Whether the emergency bureau looks after the firm: fisheries, workshops, shipyards and shipping lines. */
export function isWatched({ industry, uscc }: Organisation): boolean {
  return uscc !== null && INDUSTRIES.has(industry);
}

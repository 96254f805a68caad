import type { Incident } from '../../port/observation.js';
import { momentOf } from './moments.js';

/** The longest list of them. */
export const MOST_INCIDENTS = 1000;

export function showIncident({ since, until, raisedAt, ...incident }: Incident) {
  return {
    ...incident,
    since: momentOf(since),
    until: until === null ? null : momentOf(until),
    raised: raisedAt === undefined ? null : momentOf(raisedAt),
  };
}

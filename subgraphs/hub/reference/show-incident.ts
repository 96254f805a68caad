import type { Incident } from '../../port/observation.js';
import { momentOf } from './moments.js';

/** The longest list of them. */
export const MOST_INCIDENTS = 1000;

export function showIncident({ since, until, ...incident }: Incident) {
  return { ...incident, since: momentOf(since), until: until === null ? null : momentOf(until) };
}

import type { Incident, Noted } from '../../port/observation.js';
import { momentOf } from './moments.js';

/** The longest list of them. */
export const MOST_INCIDENTS = 1000;

/** With its moment in words. */
export function showNoted<N extends Noted>(noted: N | null | undefined) {
  return noted == null ? null : { ...noted, at: momentOf(noted.at) };
}

export function showIncident({ since, until, raisedAt, notes, ...incident }: Incident) {
  return {
    ...incident,
    since: momentOf(since),
    until: until === null ? null : momentOf(until),
    raised: raisedAt === undefined ? null : momentOf(raisedAt),
    acknowledged: showNoted(notes?.acknowledged),
  };
}

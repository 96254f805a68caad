import type { Incident, IncidentQuestion } from '../../subgraphs/port/observation.js';

/**
 * What a history answered, with what could not be written to it yet, as while its disk is full.
 *
 * @param waiting in the place of those with the same id.
 */
export function withWaiting(
  found: readonly Incident[],
  waiting: readonly Incident[],
  question: IncidentQuestion,
): readonly Incident[] {
  if (waiting.length === 0) return found;
  const newer = new Set(waiting.map(({ id }) => id));
  return [...waiting.filter((one) => isAsked(one, question)), ...found.filter(({ id }) => !newer.has(id))]
    .sort(byUrgency)
    .slice(0, question.limit);
}

function isAsked(
  { interface: name, cause, severity, since, until }: Incident,
  question: IncidentQuestion,
): boolean {
  const { interfaces, causes, severity: wanted, isOpen, from, to } = question;
  return (
    (interfaces === undefined || interfaces.includes(name)) &&
    (causes === undefined || causes.includes(cause)) &&
    (wanted === undefined || wanted === severity) &&
    (isOpen === undefined || isOpen === (until === null)) &&
    (from === undefined || until === null || until >= from) &&
    (to === undefined || since <= to)
  );
}

/** What lasts first, and of each the newest. */
function byUrgency(left: Incident, right: Incident): number {
  return Number(left.until !== null) - Number(right.until !== null) || right.since - left.since;
}

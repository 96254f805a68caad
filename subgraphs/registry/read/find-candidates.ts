import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectCandidate } from '../../feed/registry-port.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { findByName } from './find-by-name.js';
import { resolveRefs } from './identities.js';
import type { OpenIndex } from './open-index.js';
import { type Finding, findByNumber } from './recognise-numbers.js';

/** Longer texts name nobody. */
const MAX_TEXT = 200;
const MAX_CANDIDATES = 100;

/** Subjects that a text may mean, surest first; each once, with its best reason. */
export async function findCandidates(
  index: OpenIndex,
  text: string,
  limit: number,
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly SubjectCandidate[]> {
  const asked = text.trim();
  if (asked === '' || asked.length > MAX_TEXT || limit <= 0) return [];
  const findings = [
    ...findByNumber(index, asked, personKey),
    ...(await findByName(index, asked, personKey, context)),
  ];
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    const known = best.get(finding.id);
    if (known === undefined || compareFindings(finding, known) < 0) best.set(finding.id, finding);
  }
  const first = [...best.values()].sort(compareFindings).slice(0, Math.min(limit, MAX_CANDIDATES));
  const identities = await resolveRefs(
    index,
    first.map(({ id }) => id),
    personKey,
    context,
  );
  return first.flatMap(({ id, matchKind, confidence }) => {
    const subject = identities.get(id);
    return subject === undefined
      ? []
      : [{ subject, matchKind, confidence: Math.round(confidence * 1000) / 1000 }];
  });
}

const CERTAINTY = ['EXACT', 'ALIAS', 'NAME'] as const;

function compareFindings(left: Finding, right: Finding): number {
  return (
    right.confidence - left.confidence ||
    CERTAINTY.indexOf(left.matchKind) - CERTAINTY.indexOf(right.matchKind) ||
    compareCodePoints(left.id, right.id)
  );
}

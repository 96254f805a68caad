import type { SubjectPointer, World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { canonicalId } from './canonical-id.js';
import type { OracleOptions } from './records.js';

interface Candidate {
  readonly id: string;
  readonly matchKind: 'EXACT' | 'ALIAS' | 'NAME';
}

const RANKS = ['EXACT', 'ALIAS', 'NAME'] as const;

/**
 * Question 2: who must be among the candidates for a text, and how. An official number (and a vessel's name and
 * number, when one vessel alone has it) is exact; an older number and a former name are aliases; a whole name, or a
 * part of one, is a likeness. The graph may offer further likenesses below these.
 */
export function whoIsIt(world: World, text: string, { personKey }: OracleOptions): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const offer = (pointer: SubjectPointer, matchKind: Candidate['matchKind'] | null) => {
    if (matchKind !== null) candidates.push({ id: canonicalId(world, pointer, personKey), matchKind });
  };
  for (const organisation of world.organisations) {
    const { index, uscc, pripid, regNo, formerUsccs, name, formerNames } = organisation;
    const exact = uscc === text || pripid === text || (uscc === null && regNo === text);
    const alias = regNo === text || formerUsccs.includes(text) || formerNames.includes(text);
    offer({ kind: 'organisation', index }, matchOf(exact, alias, [name, ...formerNames], text));
  }
  const bearers = world.vessels.filter(({ name }) => name === text).length;
  for (const { index, vesselCode, name, formerNames } of world.vessels) {
    const exact = vesselCode === text || (name === text && bearers === 1);
    offer({ kind: 'vessel', index }, matchOf(exact, formerNames.includes(text), [name], text));
  }
  return candidates.sort(
    (a, b) => RANKS.indexOf(a.matchKind) - RANKS.indexOf(b.matchKind) || compareTexts(a.id, b.id),
  );
}

function matchOf(
  exact: boolean,
  alias: boolean,
  names: readonly string[],
  text: string,
): Candidate['matchKind'] | null {
  if (exact) return 'EXACT';
  if (alias) return 'ALIAS';
  return text.length > 1 && names.some((name) => name.includes(text)) ? 'NAME' : null;
}

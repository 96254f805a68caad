import { formatRef, formatSpelling, SCHEMES } from '../../kinds/subject-key.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { readSubjectRef } from '../../values/identifiers/subject-ref.js';
import { STRENGTH } from '../scheme-strength.js';
import type { OpenIndex } from './open-index.js';

/** A subject that a text names, and how surely. */
export interface Finding {
  readonly id: string;
  readonly matchKind: 'EXACT' | 'ALIAS' | 'NAME';
  readonly confidence: number;
}

const CURRENT = 1;
const REPAIRED = 0.9;
const OLDER_NUMBER = 0.95;
const SPELT = 0.9;

interface Numbered {
  readonly id: string;
  readonly current: number;
}

/** Subjects that the text names by a number, in any spelling that can be read. */
export function findByNumber({ db }: OpenIndex, text: string, personKey: PersonKey): readonly Finding[] {
  const select = db.prepare<[string], Numbered>(
    'SELECT id, current FROM alias CROSS JOIN subject ON subject.n = alias.subject WHERE alias.ref = ?',
  );
  const findings: Finding[] = [];
  const add = (ref: string, repaired: boolean): void => {
    const found = select.get(ref);
    if (found === undefined) return;
    if (found.current === 0) findings.push({ id: found.id, matchKind: 'ALIAS', confidence: OLDER_NUMBER });
    else if (repaired) findings.push({ id: found.id, matchKind: 'ALIAS', confidence: REPAIRED });
    else findings.push({ id: found.id, matchKind: 'EXACT', confidence: CURRENT });
  };
  add(text, false);
  for (const scheme of STRENGTH) {
    const { refs, quality } = readSubjectRef(scheme, text, { personKey });
    for (const ref of refs) add(formatRef(ref.scheme, ref.value), quality.includes('ID_REPAIRED'));
  }
  return [...findings, ...findBySpelling({ db }, text)];
}

/** Subjects that some source spells exactly so, though nothing in the spelling tells why. */
function findBySpelling({ db }: Pick<OpenIndex, 'db'>, text: string): readonly Finding[] {
  const select = db.prepare<[string], { id: string }>(
    `SELECT subject.id AS id FROM json_each(?) held
     CROSS JOIN spelling ON spelling.held = held.value
     CROSS JOIN alias ON alias.ref = spelling.ref
     CROSS JOIN subject ON subject.n = alias.subject`,
  );
  const held = SCHEMES.map((scheme) => formatSpelling(scheme, text));
  return select.all(JSON.stringify(held)).map(({ id }) => ({ id, matchKind: 'ALIAS', confidence: SPELT }));
}

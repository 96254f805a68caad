import { parseSubjectKey, type Scheme, type SubjectKey } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { isFoundBy } from '../../../values/identifiers/subject-ref.js';
import { rememberWith } from '../../../values/remember.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { openedWith, openerOf } from '../where/opened-keys.js';
import { spelledRefs } from './spelled-refs.js';

/**
 * Splits subject keys into groups of which a call carries at most `limits.keysPerCall`, each held spelling beside the ref that it
 * spells: a row belongs to the one group that holds its ref, and is found there under its own spelling. Keys of schemes that the
 * interface does not know are in none. The same keys are split once for all interfaces of the same schemes.
 */
export function splitSubjectKeys(
  keys: readonly string[],
  compiled: CompiledInterface,
): readonly (readonly string[])[] {
  const { limits, subject } = compiled.mapping;
  if (keys.length <= limits.keysPerCall) return [keys];
  const schemes = [...new Set(subject.map(({ scheme }) => scheme))].sort().join(' ');
  return splitKnown(keys, compiled.environment.personKey, schemes, limits.keysPerCall);
}

function splitKnown(
  keys: readonly string[],
  personKey: PersonKey,
  schemes: string,
  most: number,
): readonly (readonly string[])[] {
  const spellings = spellingsOf(keys, personKey);
  return groupSpellings(knownSpellings(spellings, schemes), most).map((group) =>
    openedWith(keys, group, personKey),
  );
}

/** A key, as it is needed to send it. */
interface Spelling extends SubjectKey {
  readonly key: string;
}

/** Keys that are one ref or spell it, together. */
const spellingsOf = rememberWith(
  (keys: readonly string[], personKey: PersonKey): readonly (readonly Spelling[])[] => {
    const open = openerOf(keys, personKey);
    const refOf = spelledRefs(personKey);
    const byRef = new Map<string, Spelling[]>();
    for (const key of keys) {
      const parsed = parseSubjectKey(key);
      if (parsed === null) continue;
      const ref = parsed.held ? refOf(key, parsed, open) : key;
      const group = byRef.get(ref);
      if (group === undefined) byRef.set(ref, [{ ...parsed, key }]);
      else group.push({ ...parsed, key });
    }
    return [...byRef.values()];
  },
);

/** @param schemes of an interface's pointers, between blanks. */
const knownSpellings = rememberWith(
  (all: readonly (readonly Spelling[])[], schemes: string): readonly (readonly Spelling[])[] => {
    const known = schemes.split(' ') as readonly Scheme[];
    return all.flatMap((spellings) => {
      const found = spellings.filter((one) => known.some((scheme) => isFoundBy(scheme, one)));
      return found.length === 0 ? [] : [found];
    });
  },
);

const groupSpellings = rememberWith(
  (all: readonly (readonly Spelling[])[], most: number): readonly (readonly string[])[] => {
    const groups: string[][] = [[]];
    let carried = 0;
    for (const spellings of all) {
      // Hashes of persons stand in no cell: no call carries them.
      const more = spellings.filter(({ held, scheme }) => held || scheme !== 'person').length;
      if (carried > 0 && carried + more > most) {
        groups.push([]);
        carried = 0;
      }
      groups.at(-1)?.push(...spellings.map(({ key }) => key));
      carried += more;
    }
    return groups;
  },
);

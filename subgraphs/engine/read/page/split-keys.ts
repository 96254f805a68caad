import { formatRef, parseSubjectKey } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { openSpelling, readSubjectRef } from '../../../values/identifiers/subject-ref.js';
import { rememberWith } from '../../../values/remember.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';

/**
 * Splits subject keys into groups of at most `limits.keysPerCall`, each held spelling beside the ref that it spells:
 * a row belongs to the one group that holds its ref, and is found there under its own spelling. The same keys are split
 * once for all interfaces that are asked for them.
 */
export function splitSubjectKeys(
  keys: readonly string[],
  compiled: CompiledInterface,
): readonly (readonly string[])[] {
  const { keysPerCall } = compiled.mapping.limits;
  if (keys.length <= keysPerCall) return [keys];
  return groupSpellings(spellingsOf(keys, compiled.environment.personKey), keysPerCall);
}

/** Keys that are one ref or spell it, together. */
const spellingsOf = rememberWith(
  (keys: readonly string[], personKey: PersonKey): readonly (readonly string[])[] => {
    const byRef = new Map<string, string[]>();
    for (const key of keys) {
      const parsed = parseSubjectKey(key);
      if (parsed === null) continue;
      const cell = parsed.held ? openSpelling(parsed.scheme, parsed.value, { personKey }) : null;
      const [spelt] = cell === null ? [] : readSubjectRef(parsed.scheme, cell, { personKey }).refs;
      const ref = spelt === undefined ? key : formatRef(spelt.scheme, spelt.value);
      const group = byRef.get(ref);
      if (group === undefined) byRef.set(ref, [key]);
      else group.push(key);
    }
    return [...byRef.values()];
  },
);

const groupSpellings = rememberWith(
  (all: readonly (readonly string[])[], most: number): readonly (readonly string[])[] => {
    const groups: string[][] = [[]];
    for (const spellings of all) {
      const current = groups.at(-1) ?? [];
      if (current.length > 0 && current.length + spellings.length > most) groups.push([...spellings]);
      else current.push(...spellings);
    }
    return groups;
  },
);

import { openSealed, type PersonKey } from '../../../values/identifiers/person-key.js';
import { remember } from '../../../values/remember.js';

type Open = (held: string) => string | null;

interface Opener {
  readonly personKey: PersonKey;
  readonly open: Open;
}

/** By the list of keys that a request asks for, and by the parts of it; what is opened is forgotten with the list. */
const openers = new WeakMap<readonly string[], Opener>();

/** Opens sealed spellings of a list of subject keys: each once, whichever interface and part of the list is asked. */
export function openerOf(keys: readonly string[], personKey: PersonKey): Open {
  const known = openers.get(keys);
  if (known?.personKey === personKey) return known.open;
  const open = remember((held) => openSealed(held, personKey));
  openers.set(keys, { personKey, open });
  return open;
}

/** @param part some of the keys of `whole`. @returns the part. */
export function openedWith(
  whole: readonly string[],
  part: readonly string[],
  personKey: PersonKey,
): readonly string[] {
  openers.set(part, { personKey, open: openerOf(whole, personKey) });
  return part;
}

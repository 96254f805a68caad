import { LRUCache } from 'lru-cache';
import { formatRef, type SubjectKey } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { openSpelling, readSubjectRef } from '../../../values/identifiers/subject-ref.js';

type SpelledRef = (key: string, parsed: SubjectKey, open: (held: string) => string | null) => string;

/** Some 5 MB when full. */
const MOST = 20_000;
/** A process has one person key, a test may have some. */
const MOST_KEYS = 4;

const byPersonKey = new LRUCache<PersonKey, SpelledRef>({ max: MOST_KEYS });

/**
 * The ref that a held spelling spells; the spelling itself where it spells none. What was read is kept: spellings as they travel,
 * sealed where they hold a personal number, and refs, which are no more than its hash.
 */
export function spelledRefs(personKey: PersonKey): SpelledRef {
  const known = byPersonKey.get(personKey);
  if (known !== undefined) return known;
  const refs = new LRUCache<string, string>({ max: MOST });
  const read: SpelledRef = (key, { scheme, value }, open) => {
    const kept = refs.peek(key);
    if (kept !== undefined) return kept;
    const cell = openSpelling(value, { personKey, open });
    const [spelt] = cell === null ? [] : readSubjectRef(scheme, cell, { personKey }).refs;
    const ref = spelt === undefined ? key : formatRef(spelt.scheme, spelt.value);
    refs.set(key, ref);
    return ref;
  };
  byPersonKey.set(personKey, read);
  return read;
}

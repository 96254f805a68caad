import { LRUCache } from 'lru-cache';
import { formatRef, type Scheme } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { readSubjectRef, type SubjectReading } from '../../../values/identifiers/subject-ref.js';

/** Some 6 MB when full. */
const MOST = 20_000;
/** Longer cells hold more than an identifier. */
const LONGEST = 24;

/** A reading with the first of its refs as text, which rows repeat. */
export interface NamedSubject extends SubjectReading {
  /** Null: it names nobody. */
  readonly ref: string | null;
}

const readings = new LRUCache<string, NamedSubject>({ max: MOST });

export function named(reading: SubjectReading): NamedSubject {
  const [first] = reading.refs;
  return { ...reading, ref: first === undefined ? null : formatRef(first.scheme, first.value) };
}

/**
 * Who a text names, as `readSubjectRef`. What names a firm or a vessel is kept, for the departments' rows repeat the same some
 * thousands; what names a person, or nobody, is not.
 */
export function readKeptRef(scheme: Scheme, text: string, personKey: PersonKey): NamedSubject {
  const key = `${scheme}:${text}`;
  const known = readings.peek(key);
  if (known !== undefined) return known;
  const reading = named(readSubjectRef(scheme, text, { personKey }));
  const isOfPerson = reading.refs.length === 0 || reading.refs.some((ref) => ref.scheme === 'person');
  if (!isOfPerson && text.length <= LONGEST) readings.set(key, reading);
  return reading;
}

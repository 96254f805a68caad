import { LRUCache } from 'lru-cache';
import type { Scheme } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { readSubjectRef, type SubjectReading } from '../../../values/identifiers/subject-ref.js';

/** Some 6 MB when full. */
const MOST = 20_000;
/** Longer cells hold more than an identifier. */
const LONGEST = 24;

const readings = new LRUCache<string, SubjectReading>({ max: MOST });

/**
 * Who a text names, as `readSubjectRef`. What names a firm or a vessel is kept, for the departments' rows repeat the same some
 * thousands; what names a person, or nobody, is not.
 */
export function readKeptRef(scheme: Scheme, text: string, personKey: PersonKey): SubjectReading {
  const key = `${scheme}:${text}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const reading = readSubjectRef(scheme, text, { personKey });
  const isOfPerson = reading.refs.length === 0 || reading.refs.some((ref) => ref.scheme === 'person');
  if (!isOfPerson && text.length <= LONGEST) readings.set(key, reading);
  return reading;
}

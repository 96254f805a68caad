import type { SubjectKind } from '../feed/registry-port.js';
import { parseSubjectKey, type Scheme } from '../kinds/subject-key.js';

/** Strongest first: the first scheme that a subject has a ref of gives its canonical id. */
export const STRENGTH: readonly Scheme[] = [
  'uscc',
  'vessel',
  'regno',
  'pripid',
  'person',
  'plate',
  'vesselname',
];

/**
 * What a ref can prove. Refs of rank 0 are official and lasting: rows that share one are about one subject.
 * The others may be used again or by several (a plate, a vessel's name), so they only point at a subject
 * while nobody else of a stronger rank claims them.
 */
const PROOF: { readonly [scheme in Scheme]: number } = {
  uscc: 0,
  vessel: 0,
  regno: 0,
  pripid: 0,
  person: 1,
  plate: 2,
  vesselname: 3,
};

export const WEAK_PROOFS: readonly number[] = [1, 2, 3];

export function proofOf(ref: string): number {
  return PROOF[schemeOf(ref)];
}

/** @throws {TypeError} on a text that is no ref. */
export function schemeOf(ref: string): Scheme {
  const key = parseSubjectKey(ref);
  if (key === null)
    throw new TypeError('Cannot tell the scheme: a ref must read scheme:value, but one does not');
  return key.scheme;
}

export function isRef(text: string): boolean {
  const key = parseSubjectKey(text);
  return key !== null && !key.held;
}

/** What a subject is of whom only this ref is known. */
export function kindOfRef(ref: string): SubjectKind {
  const value = ref.slice(ref.indexOf(':') + 1);
  switch (schemeOf(ref)) {
    case 'uscc':
      return value.startsWith('92') ? 'INDIVIDUAL_BUSINESS' : 'ORGANISATION';
    case 'regno':
      // GS 15-2006: the seventh digit 6–9 is that of individual businesses.
      return /^\d{6}[6-9]/.test(value) ? 'INDIVIDUAL_BUSINESS' : 'ORGANISATION';
    case 'pripid':
      // Market regulation numbers firms and shops alike.
      return 'UNKNOWN';
    case 'person':
      return 'PERSON';
    case 'plate':
      return 'VEHICLE';
    case 'vessel':
    case 'vesselname':
      return 'VESSEL';
  }
}

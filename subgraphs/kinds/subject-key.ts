/**
 * Keys by which departments find a subject's rows.
 *
 * A ref is `scheme:value` in canonical spelling. A held spelling is `scheme~raw`: the very text that some
 * source holds in a column of that scheme (lower case, full width, with a prefix), so that a query by equality
 * finds dirty rows too. Spellings of personal numbers travel sealed (`person~` + ciphertext).
 */
export type Scheme = 'uscc' | 'regno' | 'pripid' | 'vessel' | 'vesselname' | 'plate' | 'person';

export const SCHEMES: readonly Scheme[] = [
  'uscc',
  'regno',
  'pripid',
  'vessel',
  'vesselname',
  'plate',
  'person',
];

export interface SubjectKey {
  readonly scheme: Scheme;
  readonly value: string;
  /** Whether `value` is a source's own spelling rather than the canonical one. */
  readonly held: boolean;
}

/** Null for a text that is no key: unknown scheme or empty value. */
export function parseSubjectKey(text: string): SubjectKey | null {
  const at = text.search(/[:~]/);
  if (at < 1 || at === text.length - 1) return null;
  const scheme = SCHEMES.find((known) => known === text.slice(0, at));
  if (scheme === undefined) return null;
  return { scheme, value: text.slice(at + 1), held: text[at] === '~' };
}

export function formatRef(scheme: Scheme, value: string): string {
  return `${scheme}:${value}`;
}

export function formatSpelling(scheme: Scheme, held: string): string {
  return `${scheme}~${held}`;
}

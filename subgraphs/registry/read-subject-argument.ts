import type { GraphQLError } from 'graphql';
import { publicError } from '../../runtime/errors.js';
import type { SubjectIdentity } from '../feed/registry-port.js';
import type { Scheme } from '../kinds/subject-key.js';
import type { Registry } from './registry.js';
import { isRef, schemeOf } from './scheme-strength.js';

/** Fields of the input `SubjectRef`, but `id`. */
const SCHEME_OF_FIELD: ReadonlyMap<string, Scheme> = new Map([
  ['uscc', 'uscc'],
  ['regNo', 'regno'],
  ['pripid', 'pripid'],
  ['vesselCode', 'vessel'],
  ['vesselName', 'vesselname'],
  ['plate', 'plate'],
]);

/**
 * The ref that `subject(by:)` asks for.
 *
 * @throws {GraphQLError} BAD_USER_INPUT unless exactly one field is given and can be read
 */
export function readSubjectArgument(
  by: Readonly<Record<string, unknown>>,
  registry: Pick<Registry, 'read'>,
): string {
  const given = Object.entries(by).filter(([, value]) => value !== null && value !== undefined);
  const [only] = given;
  if (only === undefined || given.length > 1) {
    const found = given.map(([field]) => field).join('、');
    throw publicError(
      'BAD_USER_INPUT',
      `by 应恰写一项，现有 ${given.length} 项${found === '' ? '' : `（${found}）`}。by must have exactly one field, but has ${given.length}.`,
    );
  }
  const [field, text] = only;
  const scheme = SCHEME_OF_FIELD.get(field);
  const ref = scheme === undefined ? String(text) : registry.read(scheme, String(text))[0];
  // Nobody is looked up by a personal number that stands in another number's place.
  if (ref === undefined || !isRef(ref) || (scheme !== undefined && schemeOf(ref) === 'person')) {
    throw unreadableSubject(field);
  }
  return ref;
}

/** Says which field, and not what stood in it: that may be a personal number. */
export function unreadableSubject(field: string): GraphQLError {
  return publicError(
    'BAD_USER_INPUT',
    `by.${field} 不是有效的标识。by.${field} cannot be read as an identifier of that kind.`,
  );
}

/** Candidates that an error names. */
const MOST_CANDIDATES = 20;

/** Says who bears a name that several bear. */
export function ambiguousSubject(bearers: readonly SubjectIdentity[]): GraphQLError {
  const ids = bearers.map(({ id }) => id).sort();
  const shown = ids.slice(0, MOST_CANDIDATES).join('、');
  return publicError(
    'SUBJECT_AMBIGUOUS',
    `请以 by.id 指定其一：${shown}。Choose one of these ${ids.length} by by.id.`,
    { extensions: { candidates: ids.slice(0, MOST_CANDIDATES) } },
  );
}

import { declarationOf, fieldOf, type RowKind } from './kinds.js';

/**
 * Whether a field tells something of a natural person: it names one, it is sensitive (L3), or it is not open and its row
 * is about one. Which rows have a value of it, and how many, is then told with care.
 */
export function isOfPerson(kind: RowKind, field: string): boolean {
  const declared = fieldOf(kind, field);
  if (declared === undefined) return false;
  const { level } = declared;
  return (
    level === 'L3' ||
    ('person' in declared && declared.person === true) ||
    (level !== 'L1' && declarationOf(kind).ofPersons === true)
  );
}

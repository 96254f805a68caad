import type { FeedCondition } from '../../../feed/feed.js';
import type { FieldValue } from '../../../kinds/field-value.js';
import { parseSubjectKey } from '../../../kinds/subject-key.js';
import { normaliseDocumentNumber } from '../../../values/texts/document-number.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { formatRowId } from '../../compile/row-id.js';
import type { EngineRow } from '../row-reader.js';
import { compileLateness } from './lateness.js';
import { isNegated, toPredicate, valueSatisfies } from './predicate.js';
import { overdueAmount, UNPAID_FIELDS } from './unpaid.js';

/** What of a row a filter looks at: canonical fields, the subject, the key. */
export function fieldsOf(where: FeedCondition): {
  readonly fields: ReadonlySet<string>;
  readonly subject: boolean;
  readonly key: boolean;
} {
  const fields = new Set<string>();
  let subject = false;
  let key = false;
  const visit = (part: FeedCondition): void => {
    if ('all' in part) part.all.forEach(visit);
    else if ('any' in part) part.any.forEach(visit);
    else if ('not' in part) visit(part.not);
    else if ('field' in part) fields.add(part.field);
    else if ('subject' in part) subject = true;
    else if ('ids' in part) key = true;
    else if ('late' in part) fields.add(part.late.from).add(part.late.to);
    else if ('unpaidOn' in part) for (const field of UNPAID_FIELDS) fields.add(field);
  };
  visit(where);
  return { fields, subject, key };
}

/** Compiles a filter to be checked on decoded rows that hold the fields of `fieldsOf`. */
export function compileResidual(
  compiled: CompiledInterface,
  where: FeedCondition,
): (row: EngineRow) => boolean {
  if ('all' in where) {
    const parts = where.all.map((part) => compileResidual(compiled, part));
    return (row) => parts.every((part) => part(row));
  }
  if ('any' in where) {
    const { numbers, others } = splitNumbers(where.any);
    const parts = others.map((part) => compileResidual(compiled, part));
    return (row) =>
      parts.some((part) => part(row)) ||
      [...numbers].some(([field, wanted]) => wanted.has(numberIn(row.values.get(field) ?? null)));
  }
  if ('not' in where) {
    const part = compileResidual(compiled, where.not);
    return (row) => !part(row);
  }
  if ('subject' in where) {
    const refs = new Set(where.subject.filter((key) => parseSubjectKey(key)?.held === false));
    return (row) => row.subject !== null && refs.has(row.subject);
  }
  if ('interface' in where) {
    const takesPart = where.interface.includes(compiled.mapping.interface);
    return () => takesPart;
  }
  if ('ids' in where) {
    const ids = new Set(where.ids);
    return (row) => ids.has(formatRowId(compiled.mapping.interface, row.key));
  }
  if ('unpaidOn' in where) {
    const { unpaidOn } = where;
    return (row) => overdueAmount(row.values, unpaidOn) !== '0.00';
  }
  if ('late' in where) {
    const isLate = compiled.fields.has(where.late.to) ? compileLateness(where.late) : null;
    return (row) => isLate?.(row.values) ?? false;
  }
  const { field } = where;
  const predicate = toPredicate(where);
  const wanted = !isNegated(where);
  return (row) => valueSatisfies(compiled, field, row.values.get(field) ?? null, predicate) === wanted;
}

/** Many numbers of one field are one look-up, not as many comparisons. */
function splitNumbers(parts: readonly FeedCondition[]): {
  readonly numbers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly others: readonly FeedCondition[];
} {
  const numbers = new Map<string, Set<string>>();
  const others = parts.filter((part) => {
    if (!('sameNumber' in part)) return true;
    const known = numbers.get(part.field) ?? new Set();
    numbers.set(part.field, known.add(normaliseDocumentNumber(part.sameNumber)));
    return false;
  });
  return { numbers, others };
}

/** A symbol of nothing for what is no number: no number is asked for by it. */
function numberIn(value: FieldValue): string {
  return typeof value === 'string' ? normaliseDocumentNumber(value) : NO_NUMBER;
}

/** Holds a character that normal forms never have. */
const NO_NUMBER = '\u0000';

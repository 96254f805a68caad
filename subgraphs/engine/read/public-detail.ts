import { SourceError } from '../../../adapters/source-error.js';
import { type ErrorCode, publicReason } from '../../../runtime/errors.js';
import { AccessDenied } from '../compile/row-scope.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

type MappedNames = Pick<InterfaceMapping, 'fields' | 'subject' | 'key'>;

/** What coverage says of an interface that failed: the code, its sentence, and what the caller can do about it. */
export function failureReason(error: unknown, mapping: MappedNames): string {
  return publicReason(codeOf(error), publicDetail(error, mapping));
}

/** The code under which callers read of a failure. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof AccessDenied) return 'FORBIDDEN';
  return error instanceof SourceError ? error.code : 'INTERNAL';
}

/** What a caller may read of a failure beyond its code, Chinese first; columns are called by their fields' names. */
export function publicDetail(error: unknown, mapping: MappedNames): string | undefined {
  if (error instanceof AccessDenied) return error.detail;
  if (!(error instanceof SourceError)) return undefined;
  const names = [...new Set((error.filterBy ?? []).flatMap((column) => namesOf(column, mapping)))];
  const filter = names.length === 0 ? [] : [`请按 ${names.join('、')} 筛选。Filter by ${names.join(', ')}.`];
  const sentences = [...(error.detail === undefined ? [] : [error.detail]), ...filter];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** The names under which a query can filter by a column; a part of the key that has none other is filtered by id. */
function namesOf(column: string, { fields, subject, key }: MappedNames): readonly string[] {
  const names = [...fields.values()].filter((field) => field.column === column).map(({ name }) => name);
  if (subject.some((pointer) => pointer.column === column)) names.push('subject');
  return names.length === 0 && key.includes(column) ? ['id'] : names;
}

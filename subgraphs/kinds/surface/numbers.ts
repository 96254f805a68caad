import type { FieldType } from '../field.js';
import { declarationOf, type RowKind } from '../kinds.js';
import { constantCase } from './constant-case.js';

/** A number of a kind that its statistics can measure. */
export interface NumberField {
  readonly field: string;
  readonly type: 'Decimal' | 'Integer';
  readonly words: string;
}

/** Numbers of a kind, declared and derived, by their names in enums. */
export function numbersOf(kind: RowKind): ReadonlyMap<string, NumberField> {
  const { fields, derived } = declarationOf(kind);
  return new Map(
    [...Object.entries(fields), ...Object.entries(derived)].flatMap(([field, { type, words }]) =>
      isNumber(type) ? [[constantCase(field), { field, type, words }] as const] : [],
    ),
  );
}

/** Days and moments of a kind, by their names in enums. */
export function daysOf(kind: RowKind): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(declarationOf(kind).fields).flatMap(([field, { type }]) =>
      type === 'Date' || type === 'DateTime' ? [[constantCase(field), field] as const] : [],
    ),
  );
}

function isNumber(type: FieldType): type is NumberField['type'] {
  return type === 'Decimal' || type === 'Integer';
}

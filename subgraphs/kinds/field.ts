import type { FieldLevel } from '../../runtime/level.js';

/**
 * - `Date`: `yyyy-MM-dd`; `DateTime`: ISO 8601 at +08:00 with seconds; `Decimal`: text, yuan, two or more decimals
 * - `Code`: a value of the named enum; `Codes`: several, in source order
 * - `Text`, `Texts`, `Boolean`, `Integer`
 */
export const FIELD_TYPES = [
  'Date',
  'DateTime',
  'Decimal',
  'Integer',
  'Code',
  'Codes',
  'Text',
  'Texts',
  'Boolean',
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

/** What is true of one field of a kind, whoever fills it. */
export interface FieldDeclaration {
  readonly type: FieldType;
  /** Enum of `schema/canonical.graphql`, for `Code` and `Codes`. */
  readonly enum?: string;
  /** Its description in the SDL: Chinese first, English after. */
  readonly words: string;
  readonly level: FieldLevel;
  /** An interface that contributes this kind must map it. */
  readonly required?: true;
  /** Compared after normalisation (brackets, width, leading zeros): `嵊综执罚决字〔2026〕第001号`. */
  readonly documentNumber?: true;
  /** A township's code of nine digits. */
  readonly township?: true;
  /** A text with few different values: rows can be counted by it. */
  readonly few?: true;
  /** It names natural persons: see `of-persons.ts`. */
  readonly person?: true;
  /** The name of one element of a list, where filters and dimensions name that: `officer` of `officers`. */
  readonly one?: string;
}

/** How values compare and sort: numbers by value, everything else by code point. */
export function comparisonOf(type: FieldType | undefined): 'number' | 'text' {
  return type === 'Decimal' || type === 'Integer' ? 'number' : 'text';
}

/** Whether a field holds several values. */
export function isList(type: FieldType): boolean {
  return type === 'Codes' || type === 'Texts';
}

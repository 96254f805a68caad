import { isDeepStrictEqual } from 'node:util';
import type { SourceValue } from './source-value.js';

/**
 * A filter over the cells of one row.
 *
 * Two-valued: a comparison with a null cell is false, and `not` of it is true. Text compares by code point,
 * numbers by value, dates and date-times by their ISO text (`2026-06-30`, `2026-06-30 08:00:00`).
 */
export type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
      readonly value: Exclude<SourceValue, null>;
    }
  | {
      readonly kind: 'in';
      readonly column: string;
      readonly values: readonly Exclude<SourceValue, null>[];
    }
  | {
      /** The row's cells equal one of the tuples, cell by cell. */
      readonly kind: 'inTuples';
      readonly columns: readonly string[];
      readonly tuples: readonly (readonly Exclude<SourceValue, null>[])[];
    }
  | { readonly kind: 'isNull'; readonly column: string }
  | {
      /** The whole text matches; the pattern is a POSIX extended regular expression without `^`, `$` and `\`. */
      readonly kind: 'matches';
      readonly column: string;
      readonly pattern: string;
    }
  | {
      /** The text stands somewhere in the cell, or at its beginning: letter by letter, `A` is not `a`. */
      readonly kind: 'contains' | 'startsWith';
      readonly column: string;
      readonly text: string;
    };

export const ALWAYS: Condition = { kind: 'always' };
export const NEVER: Condition = { kind: 'never' };

/** Conjunction, flattened, each part once; an empty list is always true. */
export function all(conditions: readonly Condition[]): Condition {
  const flat: Condition[] = [];
  for (const condition of conditions) {
    if (condition.kind === 'never') return NEVER;
    if (condition.kind === 'always') continue;
    for (const part of condition.kind === 'all' ? condition.of : [condition]) {
      if (!flat.some((known) => isDeepStrictEqual(known, part))) flat.push(part);
    }
  }
  const [only] = flat;
  if (only === undefined) return ALWAYS;
  return flat.length === 1 ? only : { kind: 'all', of: flat };
}

/** Disjunction, flattened; an empty list is never true. */
export function any(conditions: readonly Condition[]): Condition {
  const flat: Condition[] = [];
  for (const condition of conditions) {
    if (condition.kind === 'always') return ALWAYS;
    if (condition.kind === 'never') continue;
    if (condition.kind === 'any') flat.push(...condition.of);
    else flat.push(condition);
  }
  const [only] = flat;
  if (only === undefined) return NEVER;
  return flat.length === 1 ? only : { kind: 'any', of: flat };
}

export function not(condition: Condition): Condition {
  if (condition.kind === 'always') return NEVER;
  if (condition.kind === 'never') return ALWAYS;
  if (condition.kind === 'not') return condition.of;
  return { kind: 'not', of: condition };
}

/** Every column that the conditions read. */
export function columnsOf(conditions: readonly Condition[]): string[] {
  return conditions.flatMap((condition): readonly string[] => {
    switch (condition.kind) {
      case 'always':
      case 'never':
        return [];
      case 'all':
      case 'any':
        return columnsOf(condition.of);
      case 'not':
        return columnsOf([condition.of]);
      case 'inTuples':
        return condition.columns;
      default:
        return [condition.column];
    }
  });
}

import type { Condition } from '../../adapters/condition.js';
import type { SourceValue } from '../../adapters/source-value.js';
import type { FieldValue } from '../kinds/field-value.js';

/** What was noticed while reading a cell; the catalogue is domain §3.13. */
export type QualityCode =
  | 'ID_REPAIRED'
  | 'ID_UNRESOLVED'
  | 'ID_MASKED'
  | 'ID_IMPLAUSIBLE'
  | 'ID_IMPRECISE'
  | 'ID_CONFLICT'
  | 'DATE_UNREADABLE'
  | 'DATE_TRUNCATED'
  | 'DATE_IMPLAUSIBLE'
  | 'AMOUNT_UNREADABLE'
  | 'NUMBER_UNREADABLE'
  | 'NUMBER_IMPRECISE'
  | 'CODE_UNKNOWN'
  | 'TEXT_DAMAGED'
  | 'TEXT_IMPLAUSIBLE'
  | 'TOWNSHIP_UNRESOLVED'
  | 'TOWNSHIP_MISMATCH'
  | 'BOOLEAN_UNREADABLE'
  | 'COORDINATE_SWAPPED'
  | 'COORDINATE_UNREADABLE'
  | 'COORDINATE_OUTSIDE'
  | 'TEMPORAL_INCONSISTENT'
  | 'NULL_WORD';

export interface Decoded<T extends FieldValue = FieldValue> {
  readonly value: T;
  /** Empty in the ordinary case; the same frozen empty array then. */
  readonly quality: readonly QualityCode[];
}

export const CLEAN: readonly QualityCode[] = Object.freeze([]);

/**
 * How one field reads its cell, and how canonical predicates and orders on it become conditions on the cell.
 * Pure; made once per field when the mapping is compiled.
 */
export interface ValueCodec {
  /**
   * Never throws: a cell that cannot be read is null (or the enum's UNKNOWN) with a quality code.
   *
   * @param beside what the row says beside it: the day `yyyy-MM-dd` by which a code list with validity dates is
   *   read (`codesAsOf`), the text of the other coordinate or of the code to compare with (`pair`), or the word
   *   for the row's clock (`clock`).
   */
  decode(cell: SourceValue, beside?: string | null): Decoded;
  /** Present when the source's order on the column is the canonical order. */
  readonly sort?: SortCodec;
  /**
   * The condition on the cell for a canonical predicate. `exact: false` is a superset that the engine filters
   * again after decoding; null means that the source cannot help.
   */
  push(predicate: CellPredicate, column: string): PushedCondition | null;
}

export type CellPredicate =
  | { readonly op: 'in'; readonly values: readonly (string | boolean)[] }
  | { readonly op: 'range'; readonly from?: string; readonly to?: string }
  | { readonly op: 'isNull' }
  | { readonly op: 'contains'; readonly text: string }
  | { readonly op: 'startsWith'; readonly text: string }
  | { readonly op: 'sameNumber'; readonly text: string };

export interface PushedCondition {
  readonly condition: Condition;
  readonly exact: boolean;
}

export interface SortCodec {
  /** True exactly for the cells that have a sort text: those with a value, dates of impossible years apart. */
  guard(column: string): Condition;
  /** Sort text of a cell: canonical, compares by code point with that of other sources; null for the null class. */
  sortText(cell: SourceValue): string | null;
  /** The cell that has this sort text, for resuming after a position. */
  cellOf(sortText: string): SourceValue;
  /** How sort texts compare: `text` by code point, `number` by decimal value. */
  readonly compare: 'text' | 'number';
  /**
   * Cells of one value stand apart: a day written with its time. The source's order then decides between rows that
   * are equal in it, where a further order key or the tie-breaker should, so a page is not read off it.
   */
  readonly finer?: true;
}

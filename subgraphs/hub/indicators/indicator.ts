import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';

/** A calendar month, or what has passed of it: first and last day, `yyyy-MM-dd`. */
export interface Period {
  /** `yyyy-MM`. */
  readonly month: string;
  readonly first: string;
  /** Today in the month that is not over. */
  readonly last: string;
}

/** What one side of a fraction counts. */
export interface Count {
  readonly kind: RowKind;
  /** Rows that count. */
  where(period: Period): RowCondition;
  /**
   * - `rows`: the rows; `sum`: a number that they hold, added up
   * - `values`: different values of a field among them
   * - `visited`: subjects that were visited other than by a joint check; with `withinDays`, by two departments or more
   *   within so many days
   * - `matched`: rows to which a facet has a row by document number, `Inspection.mobile`
   */
  readonly of:
    | 'rows'
    | { readonly sum: string }
    | { readonly values: string }
    | { readonly visited: { readonly withinDays: number | null } }
    | { readonly matched: string };
}

/** Five families of domain §1.7, and the two numbers that the plan sets as targets (§1.6 M2, M3). */
export type IndicatorFamily = 'SYSTEM' | 'DUTY' | 'QUALITY' | 'TEAM' | 'PERFORMANCE';

/** One computable indicator: a fraction, of which both sides are told. */
export interface IndicatorDeclaration {
  readonly code: string;
  readonly family: IndicatorFamily;
  /** Chinese first, English after: what is divided by what. */
  readonly words: string;
  readonly numerator: Count;
  readonly denominator: Count;
  /** The fraction is told in percent, or as so many per one. */
  readonly unit: 'PERCENT' | 'RATIO';
  /** At least so much; null: the plan sets none. */
  readonly target: string | null;
  /**
   * Sources hold no history of it: a month that is over cannot be told, only today.
   */
  readonly todayOnly?: true;
}

import type { SourceColumn, SourceIndex } from '../source-adapter.js';

/** Which numbers a column can hold, as far as a comparison has to care. */
export type NumberStorage =
  /** Nothing but whole numbers from `min` to `max`. */
  | { readonly kind: 'integer'; readonly min: bigint; readonly max: bigint }
  /** `precision` digits, `scale` of them after the point. */
  | { readonly kind: 'fixed'; readonly precision: number; readonly scale: number }
  /** Every decimal number, exactly. */
  | { readonly kind: 'exact' }
  | { readonly kind: 'double' }
  /** Single precision; `places`: as many decimals as the column shows. */
  | { readonly kind: 'single'; readonly places?: number }
  /** Each cell a 64-bit integer or a double, as SQLite has it. */
  | { readonly kind: 'mixed' }
  /** Digits held as text; only SQLite. */
  | { readonly kind: 'digits' };

/** A column with what its dialect must know to compare cells exactly. */
export interface SqlColumn extends SourceColumn {
  /** The dialect's bare type: `varchar`, `bpchar`, `enum`; SQLite: the affinity. */
  readonly base: string;
  /**
   * How the column's own `=` and `<` treat text. `codePoint`: as this adapter must. `bytewiseEqual`: `=` is
   * right, `<` is not. `loose`: both find too much (letter case, trailing spaces). `none`: not text.
   */
  readonly collation: 'codePoint' | 'bytewiseEqual' | 'loose' | 'none';
  /** MySQL: the column's character set, where it is not utf8mb4. */
  readonly charset?: string;
  /** MySQL: the server's collation that compares texts by code point to their very end. */
  readonly codePointCollation?: string;
  /** MySQL: whether moments carry fractions of a second. */
  readonly hasFraction?: boolean;
  /** Columns of numeric types only. */
  readonly numbers?: NumberStorage;
}

export interface SqlIndex extends SourceIndex {
  readonly primary: boolean;
  /** Per column: whether the index holds texts in code point order (true for columns that are not text). */
  readonly byCodePoint: readonly boolean[];
}

export interface SqlTable {
  readonly name: string;
  /** A view, or a table of another server: nobody can make an index there. */
  readonly isView: boolean;
  readonly columns: ReadonlyMap<string, SqlColumn>;
  /** Primary key first. */
  readonly indexes: readonly SqlIndex[];
}

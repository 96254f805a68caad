import type { Comparable } from '../compare-cells.js';
import type { SourceValue } from '../source-value.js';
import type { Sql, SqlParam, Statement } from './sql-fragment.js';
import type { SqlColumn, SqlTable } from './sql-table.js';

export type CompareOp = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';

/** Runs one statement of the catalogue and gives its rows. */
export type RunCatalogueQuery = (
  text: string,
  params: readonly SqlParam[],
) => Promise<readonly (readonly unknown[])[]>;

/** Texts without those that are empty. */
export interface TableComments {
  readonly table?: string;
  readonly columns: ReadonlyMap<string, string>;
}

export interface DialectTraits {
  /** Whether a text may hold U+0000. */
  readonly holdsNul: boolean;
  /** Dates and moments may be `infinity` and `-infinity`. */
  readonly hasInfiniteDates: boolean;
  /** Cells carry their own type: a column of dates holds texts, a column of integers may hold a text. */
  readonly hasFreeCells: boolean;
  /** Null is an expression's least value, which every comparison by `<` finds, and not SQL's NULL. */
  readonly nullIsLeast: boolean;
}

/** Several grouping expressions in one. */
export interface JointGroup {
  readonly key: string;
  /** In the order of the expressions, each to be delivered. */
  readonly parts: readonly string[];
}

/**
 * What differs between databases. An `expression` is SQL text made of quoted identifiers alone; values only
 * travel as parameters.
 */
export interface Dialect {
  readonly kind: 'sqlite' | 'postgres' | 'mysql' | 'clickhouse';
  /** Most parameters that one statement may bind. */
  readonly maxParams: number;
  readonly traits: DialectTraits;
  quote(name: string): string;
  render(piece: Sql): Statement;
  /** Conditions: the cell is null, or is not. */
  isNull(expression: string): string;
  isPresent(expression: string): string;
  /** The negation of a condition; NULL counts as false. */
  negate(condition: Sql): Sql;
  /** An expression that equals, sorts and groups as the cells do: text by code point, numbers by value. */
  exact(column: SqlColumn, expression: string): string;
  /** An expression for the select list, whose result `decode` reads back exactly. */
  deliver(column: SqlColumn, expression: string): string;
  /**
   * @throws {SourceMalformed} on a value that the port has no form for, such as a year before Christ.
   */
  decode(column: SqlColumn, value: unknown): SourceValue;
  /** The cell's text as `decode` gives it, comparing by code point. Only for types that have a text. */
  text(column: SqlColumn, expression: string): string;
  /** A parameter for one side of a comparison whose other side is `exact(column)`. */
  operand(column: SqlColumn, value: Comparable): Sql;
  /** A parameter for one side of a comparison whose other side is `text(column)`. */
  textOperand(text: string): Sql;
  /** Comparison of `exact(column)`, with an indexable superset beside it where that helps. */
  compare(column: SqlColumn, expression: string, op: CompareOp, value: Comparable): Sql;
  /** Equality with one of at least two values. */
  isIn(column: SqlColumn, expression: string, values: readonly Comparable[]): Sql;
  /** Cell-wise equality with one of at least one tuple. */
  isInTuples(
    columns: readonly SqlColumn[],
    expressions: readonly string[],
    tuples: readonly (readonly Comparable[])[],
  ): Sql;
  matches(text: string, pattern: RegExp): Sql;
  contains(text: string, part: string): Sql;
  startsWith(text: string, prefix: string): Sql;
  orderTerm(expression: Sql, direction: 'asc' | 'desc', nulls: 'first' | 'last' | 'excluded'): Sql;
  /** An expression that is the same exactly for cells that are the same; `deliver` of it is allowed beside it. */
  group(column: SqlColumn, expression: string): string;
  /**
   * One expression that is the same exactly for rows whose `group` expressions are, and what it says of each of them.
   * Absent: several expressions group as fast as one.
   */
  groupJointly?(expressions: readonly string[]): JointGroup;
  /** The greatest cell of a group, to be delivered. */
  max(column: SqlColumn, expression: string): string;
  /** Reads the catalogue; null when there is no such table or view. */
  loadTable(object: string, run: RunCatalogueQuery): Promise<SqlTable | null>;
  /** What the catalogue says of a table and its columns, for people; absent where it says nothing. */
  loadComments?(object: string, run: RunCatalogueQuery): Promise<TableComments>;
  /**
   * A statement that creates the index and changes nothing else, for people; null where no index sorts so.
   */
  createIndex(table: SqlTable, columns: readonly SqlColumn[], name: string): string | null;
}

import { type Comparable, trimFraction } from '../../../compare-cells.js';
import { SourceMalformed } from '../../../source-error.js';
import type { SourceValue } from '../../../source-value.js';
import { SQL_OPERATOR } from '../../compile/compile-condition.js';
import { decodeInteger } from '../../decode-number.js';
import type { CompareOp, Dialect } from '../../dialect.js';
import { quoteName } from '../../quote-name.js';
import { shownSingle } from '../../single-number.js';
import { join, joinBalanced, param, raw, render, type Sql, sql } from '../../sql-fragment.js';
import { sqlNulls } from '../../sql-null.js';
import type { SqlColumn, SqlTable } from '../../sql-table.js';
import { loadMysqlTable } from './mysql-catalogue.js';
import { loadMysqlComments } from './mysql-comments.js';

/**
 * MariaDB 10.3 and later, or MySQL 8: they differ in the name of the collation that compares texts by code
 * point to their very end (every other one, `_bin` included, ignores trailing spaces).
 */
export const mysqlDialect: Dialect = {
  kind: 'mysql',
  maxParams: 65_535,
  traits: { holdsNul: true, hasInfiniteDates: false, hasFreeCells: false, nullIsLeast: false },
  ...sqlNulls,
  quote: (name) => quoteName(name, '`'),
  render: (piece) => render(piece, () => '?'),
  exact,
  deliver,
  decode,
  text,
  operand,
  textOperand: param,
  compare,
  isIn,
  isInTuples,
  // PCRE and ICU alike: (?s) lets a dot be any character, \A and \z are the very ends.
  matches: (expression, pattern) => {
    const source = pattern.source.replace(/^\^/, '(?s)\\A').replace(/\$$/, '\\z');
    return sql`(${raw(expression)} REGEXP ${param(source)})`;
  },
  contains: (expression, part) => sql`(LOCATE(${param(part)}, ${raw(expression)}) > 0)`,
  startsWith: (expression, prefix) => sql`(LOCATE(${param(prefix)}, ${raw(expression)}) = 1)`,
  orderTerm,
  group: exact,
  max: (column, expression) => deliver(column, `MAX(${exact(column, expression)})`),
  loadTable: loadMysqlTable,
  loadComments: loadMysqlComments,
  createIndex,
};

function collate(column: SqlColumn): string {
  return `COLLATE ${column.codePointCollation ?? 'utf8mb4_nopad_bin'}`;
}

function text(column: SqlColumn, expression: string): string {
  if (column.collation === 'codePoint') return expression;
  if (column.type === 'text' && column.base !== 'enum' && column.base !== 'set') {
    const converted = column.charset === undefined ? expression : `CONVERT(${expression} USING utf8mb4)`;
    return `(${converted} ${collate(column)})`;
  }
  const written = `CAST(${expression} AS CHAR CHARACTER SET utf8mb4)`;
  // A moment's text has no trailing zeros in its fraction, so that moments sort by their text.
  const trimmed = column.hasFraction ? `TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${written}))` : written;
  return `(${trimmed} ${collate(column)})`;
}

function exact(column: SqlColumn, expression: string): string {
  return NATIVE.has(column.type) ? expression : text(column, expression);
}

function compare(column: SqlColumn, expression: string, op: CompareOp, value: Comparable): Sql {
  const right = operand(column, value);
  const compared = sql`(${raw(exact(column, expression))} ${raw(SQL_OPERATOR[op])} ${right})`;
  // The column's own collation finds too much, but by its index.
  return op === 'eq' && column.collation === 'loose' && isIndexable(column)
    ? sql`(${raw(expression)} = ${looseOperand(column, value)} AND ${compared})`
    : compared;
}

/** In the column's own character set, whose index is then used; what that lacks becomes a question mark. */
function looseOperand(column: SqlColumn, value: Comparable): Sql {
  const plain = operand(column, value);
  return column.charset === undefined ? plain : sql`CONVERT(${plain} USING ${raw(column.charset)})`;
}

function isIn(column: SqlColumn, expression: string, values: readonly Comparable[]): Sql {
  const wanted = padded(values);
  const list = join(
    wanted.map((value) => operand(column, value)),
    ', ',
  );
  const found = sql`(${raw(exact(column, expression))} IN (${list}))`;
  if (column.collation !== 'loose' || !isIndexable(column)) return found;
  const loose = join(
    wanted.map((value) => looseOperand(column, value)),
    ', ',
  );
  return sql`(${raw(expression)} IN (${loose}) AND ${found})`;
}

function isInTuples(
  columns: readonly SqlColumn[],
  expressions: readonly string[],
  tuples: readonly (readonly Comparable[])[],
): Sql {
  const rows = tuples.map((tuple) => {
    const cells = tuple.flatMap((value, index) => {
      const [column, expression] = [columns[index], expressions[index]];
      return column === undefined || expression === undefined
        ? []
        : [compare(column, expression, 'eq', value)];
    });
    return joinBalanced(cells, 'AND');
  });
  return joinBalanced(rows, 'OR');
}

/** Never more than an index: whose collation a column has is for its owner to decide. */
function createIndex(table: SqlTable, columns: readonly SqlColumn[], name: string): string {
  const terms = columns.map((column) => {
    const plain = quoteName(column.name, '`');
    return sortsByExpression(column) ? text(column, plain) : plain;
  });
  return `CREATE INDEX ${quoteName(name, '`')} ON ${quoteName(table.name, '`')} (${terms.join(', ')});`;
}

/** An index sorts as its column does. MySQL can index the order by code point beside it, MariaDB cannot. */
function sortsByExpression({ base, collation, codePointCollation }: SqlColumn): boolean {
  const isShort = base === 'char' || base === 'varchar';
  return isShort && collation === 'loose' && codePointCollation === 'utf8mb4_0900_bin';
}

/** Types whose own operators compare as the port wants. */
const NATIVE: ReadonlySet<string> = new Set(['integer', 'decimal', 'float', 'date', 'datetime', 'binary']);

/** An enum compares with texts by its own rules, which may fail; its index is not worth it. */
function isIndexable(column: SqlColumn): boolean {
  return column.base !== 'enum' && column.base !== 'set';
}

/** Lists grow to powers of two, so that statements of many lengths share few texts. */
function padded(values: readonly Comparable[]): readonly Comparable[] {
  const last = values.at(-1);
  if (last === undefined) return values;
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...Array.from({ length: length - values.length }, () => last)];
}

/** Each parameter is cast to its column's kind: between a text and a number MySQL compares as doubles. */
function operand(column: SqlColumn, value: Comparable): Sql {
  switch (value.kind) {
    case 'boolean':
      return param(value.value ? 1 : 0);
    case 'bytes':
      return param(value.bytes);
    case 'text':
      if (column.type === 'date') return sql`CAST(${param(value.text)} AS DATE)`;
      if (column.type === 'datetime') return sql`CAST(${param(value.text)} AS DATETIME(6))`;
      return param(value.text);
    case 'number':
      return numberOperand(column, value.text);
  }
}

function numberOperand({ numbers }: SqlColumn, text: string): Sql {
  switch (numbers?.kind) {
    case 'integer':
      return sql`CAST(${param(text)} AS ${raw(numbers.min === 0n ? 'UNSIGNED' : 'SIGNED')})`;
    case 'fixed':
      return sql`CAST(${param(text)} AS ${raw(`DECIMAL(${numbers.precision}, ${numbers.scale})`)})`;
    case 'single':
      return param(Math.fround(Number(text)));
    default:
      return param(Number(text));
  }
}

/** MySQL has no NULLS FIRST; null is its least value. */
function orderTerm(expression: Sql, direction: 'asc' | 'desc', nulls: 'first' | 'last' | 'excluded'): Sql {
  const term = sql`${expression} ${raw(direction.toUpperCase())}`;
  const isNatural = nulls === 'excluded' || (direction === 'asc') === (nulls === 'first');
  if (isNatural) return term;
  return sql`(${expression} IS NULL) ${raw(nulls === 'first' ? 'DESC' : 'ASC')}, ${term}`;
}

function deliver(column: SqlColumn, expression: string): string {
  switch (column.type) {
    case 'text':
    case 'binary':
    case 'decimal':
      return expression;
    case 'integer':
      return column.base === 'bit' ? `CAST(${expression} AS UNSIGNED)` : expression;
    case 'float':
      // A FLOAT as the double that it is, not rounded to six digits; `decode` finds what it shows.
      return `CAST(${expression} AS DOUBLE)`;
    default:
      return `CAST(${expression} AS CHAR CHARACTER SET utf8mb4)`;
  }
}

function decode(column: SqlColumn, value: unknown): SourceValue {
  if (value === null) return null;
  switch (column.type) {
    case 'integer': {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') break;
      return decodeInteger(value) ?? malformed(column, value);
    }
    case 'float':
      if (typeof value !== 'number') return malformed(column, value);
      return column.numbers?.kind === 'single' ? shownSingle(value, column.numbers.places) : value;
    case 'decimal':
      // ZEROFILL fills it up to its width.
      return typeof value === 'string' ? value.replace(/^(-?)0+(?=\d)/, '$1') : malformed(column, value);
    case 'binary':
      return value instanceof Uint8Array ? new Uint8Array(value) : malformed(column, value);
    case 'datetime':
      return typeof value === 'string' ? trimFraction(value) : malformed(column, value);
    default:
      return typeof value === 'string' ? value : malformed(column, value);
  }
  return malformed(column, value);
}

function malformed(column: SqlColumn, value: unknown): never {
  throw new SourceMalformed(
    `Cannot read column ${column.name}: a cell of type ${column.nativeType} came as ${typeof value}`,
  );
}

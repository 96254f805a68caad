import type { Comparable } from '../../../compare-cells.js';
import { compareDecimals, floorToScale } from '../../../exact-decimal.js';
import { SourceMalformed } from '../../../source-error.js';
import type { SourceValue } from '../../../source-value.js';
import { SQL_OPERATOR } from '../../compile/compile-condition.js';
import type { CompareOp, Dialect } from '../../dialect.js';
import { quoteName } from '../../quote-name.js';
import { join, joinBalanced, param, raw, render, type Sql, sql } from '../../sql-fragment.js';
import { sqlNulls } from '../../sql-null.js';
import type { SqlColumn } from '../../sql-table.js';
import { loadSqliteTable } from './sqlite-catalogue.js';

/**
 * SQLite. Every cell has its own type, and cells order as numbers, texts, blobs. `exact_decimal_key`,
 * `exact_decimal_max`, `cell_text` and `whole_text_matches` are functions of `sqlite-thread.mjs`.
 */
export const sqliteDialect: Dialect = {
  kind: 'sqlite',
  maxParams: 32_766,
  traits: { holdsNul: true, hasInfiniteDates: false, hasFreeCells: true, nullIsLeast: false },
  ...sqlNulls,
  quote: (name) => quoteName(name, '"'),
  render: (piece) => render(piece, () => '?'),
  exact,
  deliver: (_column, expression) => expression,
  decode,
  text: (column, expression) =>
    column.base === 'TEXT'
      ? `(CASE WHEN typeof(${expression}) = 'text' THEN ${expression} END)`
      : `cell_text(${expression})`,
  operand,
  textOperand: param,
  compare,
  isIn: (column, expression, values) => {
    const texts = column.base === 'TEXT' || column.base === 'BLOB' ? listOfTexts(values) : null;
    if (texts !== null)
      return sql`(${raw(exact(column, expression))} IN (SELECT value FROM json_each(${param(texts)})))`;
    const target = withoutAffinity(column, expression, values);
    const list = join(
      values.map((value) => operand(column, value)),
      ', ',
    );
    return sql`(${raw(exact(column, target))} IN (${list}))`;
  },
  isInTuples: (columns, expressions, tuples) =>
    joinBalanced(
      tuples.map((tuple) =>
        joinBalanced(
          tuple.flatMap((value, index) => {
            const [column, expression] = [columns[index], expressions[index]];
            return column === undefined || expression === undefined
              ? []
              : [compare(column, expression, 'eq', value)];
          }),
          'AND',
        ),
      ),
      'OR',
    ),
  matches: (text, pattern) => sql`(whole_text_matches(${param(pattern.source)}, ${raw(text)}) = 1)`,
  contains: (text, part) => sql`(instr(${raw(text)}, ${param(part)}) > 0)`,
  startsWith: (text, prefix) => sql`(instr(${raw(text)}, ${param(prefix)}) = 1)`,
  orderTerm: (expression, direction, nulls) => {
    const suffix = nulls === 'excluded' ? '' : ` NULLS ${nulls.toUpperCase()}`;
    return sql`${expression} ${raw(direction.toUpperCase() + suffix)}`;
  },
  // Digits held as text are grouped as they are written.
  group: (column, expression) =>
    isDigits(column) ? `${expression} COLLATE BINARY` : exact(column, expression),
  max: (column, expression) =>
    isDigits(column) ? `exact_decimal_max(${expression})` : `MAX(${exact(column, expression)})`,
  loadTable: loadSqliteTable,
  createIndex: (table, columns, name) => {
    const digits = columns.find(isDigits);
    if (digits !== undefined) {
      // Its order needs a function that only this adapter's connections have.
      return `-- ${quoteName(digits.name, '"')}: 数字以文本保存，索引无法按数值排序 / holds digits as text, which no index sorts by value`;
    }
    const terms = columns.map((column) => exact(column, quoteName(column.name, '"')));
    return `CREATE INDEX ${quoteName(name, '"')} ON ${quoteName(table.name, '"')} (${terms.join(', ')});`;
  },
};

/** So many texts are one parameter: a place in the statement for each of them costs more than they themselves. */
const MANY_TEXTS = 8;

/** Texts as JSON; null where they are few, or where a value is none. */
function listOfTexts(values: readonly Comparable[]): string | null {
  const known = lists.get(values);
  if (known !== undefined) return known;
  const texts = values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
  const list = texts.length === values.length && texts.length >= MANY_TEXTS ? JSON.stringify(texts) : null;
  lists.set(values, list);
  return list;
}

const lists = new WeakMap<readonly Comparable[], string | null>();

function exact(column: SqlColumn, expression: string): string {
  if (isDigits(column)) return `exact_decimal_key(${expression})`;
  // Collation matters to text alone; naming it keeps a column's own NOCASE or RTRIM out, but also every index where
  // several comparisons stand side by side under OR.
  return column.collation === 'loose' ? `${expression} COLLATE BINARY` : expression;
}

function isDigits(column: SqlColumn): boolean {
  return column.numbers?.kind === 'digits';
}

function operand(column: SqlColumn, value: Comparable): Sql {
  switch (value.kind) {
    case 'boolean':
      return param(value.value ? 1n : 0n);
    case 'bytes':
      return param(value.bytes);
    case 'text':
      return isDigits(column) ? sql`exact_decimal_key(${param(value.text)})` : param(value.text);
    case 'number': {
      if (isDigits(column)) return sql`exact_decimal_key(${param(value.text)})`;
      const whole = value.decimal === null ? null : floorToScale(value.decimal, 0);
      const isWhole = whole !== null && value.decimal !== null && compareDecimals(whole, value.decimal) === 0;
      const fits = isWhole && whole.digits >= -(2n ** 63n) && whole.digits < 2n ** 63n;
      return param(fits ? whole.digits : Number(value.text));
    }
  }
}

/** The comparison with cells of the value's own kind only: without bounds, 5 < 'a' would hold. */
function compare(column: SqlColumn, expression: string, op: CompareOp, value: Comparable): Sql {
  const target = withoutAffinity(column, expression, [value]);
  const left = raw(exact(column, target));
  const compared = sql`(${left} ${raw(SQL_OPERATOR[op])} ${operand(column, value)})`;
  const isUpper = op === 'lt' || op === 'lte';
  if (op === 'eq' && column.collation === 'loose') {
    // The column's own collation finds too much, but by its index.
    return sql`(${raw(target)} = ${operand(column, value)} AND ${compared})`;
  }
  const bound = op === 'eq' ? null : boundOfKind(value.kind, isUpper, isDigits(column));
  return bound === null ? compared : sql`(${compared} AND ${left} ${raw(bound)})`;
}

/** What stands between the cells of this kind and those below (for `<`) or above (for `>`). */
function boundOfKind(kind: Comparable['kind'], isUpper: boolean, isDigitKey: boolean): string | null {
  switch (kind) {
    case 'text':
      return isUpper ? `>= ''` : `< x''`;
    case 'number':
      if (isUpper) return null;
      return isDigitKey ? `< 'z'` : `< ''`;
    case 'bytes':
      return isUpper ? `>= x''` : null;
    case 'boolean':
      return null;
  }
}

/** A text that is a number as a whole; others stay texts (https://www.sqlite.org/datatype3.html §3). */
const NUMERIC = /^\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?\s*$/i;

/** SQLite reads a text as a number when it meets a column of numbers or dates; `+` takes that habit away. */
function withoutAffinity(column: SqlColumn, expression: string, values: readonly Comparable[]): string {
  const isPlain = column.base === 'TEXT' || column.base === 'BLOB';
  const looksNumeric = values.some((value) => value.kind === 'text' && NUMERIC.test(value.text));
  return !isPlain && looksNumeric && isDateLike(column) ? `+${expression}` : expression;
}

function isDateLike(column: SqlColumn): boolean {
  return column.type !== 'integer' && column.type !== 'decimal' && column.type !== 'float';
}

function decode(column: SqlColumn, value: unknown): SourceValue {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (column.type === 'boolean') return Number(value) !== 0;
    const isText = column.type === 'decimal' || (typeof value === 'number' && !Number.isFinite(value));
    return isText ? String(value) : value;
  }
  if (value instanceof Uint8Array) return new Uint8Array(value);
  throw new SourceMalformed(`Cannot read column ${column.name}: a cell is of type ${typeof value}`);
}

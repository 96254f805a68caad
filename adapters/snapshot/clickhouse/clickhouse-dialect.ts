import type { Comparable } from '../../compare-cells.js';
import type { ColumnType } from '../../source-adapter.js';
import { SourceMalformed } from '../../source-error.js';
import { SQL_OPERATOR } from '../../sql/compile/compile-condition.js';
import type { CompareOp, Dialect, JointGroup, RunCatalogueQuery } from '../../sql/dialect.js';
import { quoteName } from '../../sql/quote-name.js';
import { joinBalanced, param, raw, render, type Sql, sql } from '../../sql/sql-fragment.js';
import type { SqlColumn, SqlTable } from '../../sql/sql-table.js';
import { cellText, decimalKey } from './cell-expressions.js';
import { AFTER_KIND, decodeCell, KIND } from './kept-cell.js';
import { numberKey } from './number-key.js';
import { roomOf, typeOfParam } from './spell-param.js';

/** A form's field may have 128 KiB (`http_max_field_value_size`), and lists travel as one each. */
const MAX_LIST_BYTES = 100_000;

/**
 * ClickHouse, for tables of kept cells alone (`kept-cell.ts`): every column is of texts, none of which is NULL, and its
 * comment is the type of the source's column.
 */
export const clickHouseDialect: Dialect = {
  kind: 'clickhouse',
  maxParams: 10_000,
  traits: { holdsNul: true, hasInfiniteDates: false, hasFreeCells: true, nullIsLeast: true },
  isNull: (expression) => `(${expression} = '')`,
  isPresent: (expression) => `(${expression} != '')`,
  // Of a cell that has no text, conditions on texts are NULL.
  negate: (condition) => sql`(NOT ifNull(${condition}, 0))`,
  quote: (name) => quoteName(name, '`'),
  render: (piece) => render(piece, (place) => `{p${place}:${typeOfParam(piece.params[place - 1])}}`),
  exact,
  deliver: (_column, expression) => expression,
  decode: ({ name, type }, value) => decodeCell(value, name, type),
  text: cellText,
  operand: (_column, value) => param(keyOf(value)),
  textOperand: param,
  compare,
  isIn: (column, expression, values) => {
    const lists = chunk(values.map((value) => [keyOf(value)]));
    return joinBalanced(
      lists.map((list) => sql`(${raw(exact(column, expression))} IN ${param(list.flat())})`),
      'OR',
    );
  },
  isInTuples,
  matches: (text, pattern) => sql`match(${raw(text)}, ${param(`(?s)${pattern.source}`)})`,
  contains: (text, part) => sql`(position(${raw(text)}, ${param(part)}) > 0)`,
  startsWith: (text, prefix) => sql`startsWith(${raw(text)}, ${param(prefix)})`,
  orderTerm: (expression, direction, nulls) => {
    const [way, term] = [raw(direction.toUpperCase()), sql`ifNull(${expression}, '')`];
    if (nulls === 'excluded') return sql`${expression} ${way}`;
    // Least as it is, null comes first or last by itself in one of the directions.
    if ((nulls === 'first') === (direction === 'asc')) return sql`${term} ${way}`;
    return sql`(${term} = '') ${way}, ${term} ${way}`;
  },
  group: (_column, expression) => expression,
  groupJointly,
  // A decimal's key comes before its spelling.
  max: (_column, expression) => `max(${expression})`,
  loadTable,
  createIndex: () => null,
};

function exact(column: SqlColumn, expression: string): string {
  return column.type === 'decimal' ? decimalKey(expression) : expression;
}

/** What `exact` of an equal cell is. */
function keyOf(value: Comparable): string {
  switch (value.kind) {
    case 'boolean':
      return KIND.number + numberKey(value.value ? '1' : '0');
    case 'bytes':
      return KIND.bytes + Buffer.from(value.bytes).toString('hex');
    case 'text':
      return KIND.text + value.text;
    case 'number':
      return KIND.number + numberKey(value.text);
  }
}

/** The comparison with cells of the value's own kind only. */
function compare(column: SqlColumn, expression: string, op: CompareOp, value: Comparable): Sql {
  const left = raw(exact(column, expression));
  const compared = sql`(${left} ${raw(SQL_OPERATOR[op])} ${param(keyOf(value))})`;
  if (op === 'eq') return compared;
  const kind = value.kind === 'boolean' ? 'number' : value.kind;
  const isUpper = op === 'lt' || op === 'lte';
  const bound = isUpper ? `>= '${KIND[kind]}'` : `< '${AFTER_KIND[kind]}'`;
  return sql`(${compared} AND ${left} ${raw(bound)})`;
}

function isInTuples(
  columns: readonly SqlColumn[],
  expressions: readonly string[],
  tuples: readonly (readonly Comparable[])[],
): Sql {
  const sides = columns.map((column, index) => exact(column, expressions[index] ?? ''));
  const found = chunk(tuples.map((tuple) => tuple.map(keyOf))).map((some) => {
    const lists = columns.map((_, index) => param(some.map((tuple) => tuple[index] ?? '')));
    const [list] = lists;
    if (list !== undefined && lists.length === 1) return sql`(${raw(sides.join(''))} IN ${list})`;
    const zipped = lists.reduce((before, next) => sql`${before}, ${next}`);
    return sql`((${raw(sides.join(', '))}) IN arrayZip(${zipped}))`;
  });
  return joinBalanced(found, 'OR');
}

/** Rows of texts in portions of which no column is too long a list. */
function chunk(rows: readonly (readonly string[])[]): (readonly string[])[][] {
  const chunks: (readonly string[])[][] = [];
  let room = 0;
  for (const row of rows) {
    const needed = Math.max(...row.map(roomOf));
    if (chunks.length === 0 || needed > room) {
      chunks.push([]);
      room = MAX_LIST_BYTES;
    }
    chunks.at(-1)?.push(row);
    room -= needed;
  }
  return chunks;
}

/** A byte that no text in UTF-8 holds, and so no kept cell. */
const BETWEEN = "unhex('FF')";

/** Measured: one text of two columns groups in a third to two thirds of the time of two texts. */
function groupJointly(expressions: readonly string[]): JointGroup {
  const key = `concat(${expressions.join(`, ${BETWEEN}, `)})`;
  return { key, parts: expressions.map((_, index) => `splitByChar(${BETWEEN}, ${key})[${index + 1}]`) };
}

const TYPES: ReadonlySet<string> = new Set<ColumnType>([
  ...(['text', 'integer', 'decimal', 'float', 'date', 'datetime', 'boolean', 'binary', 'json'] as const),
  'other',
]);

/** @throws {SourceMalformed} when the table is gone, or none of this store's. */
async function loadTable(object: string, run: RunCatalogueQuery): Promise<SqlTable> {
  const rows = await run(
    'SELECT name, comment FROM system.columns WHERE database = currentDatabase() AND table = {p1:String} ORDER BY position',
    [object],
  );
  if (rows.length === 0) {
    throw new SourceMalformed(`Cannot read ${object}: the version must be there, but its table is gone`);
  }
  const columns = rows.map(([name, type]) => describeColumn(object, String(name), String(type)));
  return {
    name: object,
    isView: false,
    columns: new Map(columns.map((one) => [one.name, one])),
    indexes: [],
  };
}

function describeColumn(object: string, name: string, type: string): SqlColumn {
  if (!isColumnType(type)) {
    throw new SourceMalformed(
      `Cannot read ${object}: the comment of column ${name} must be a type, but is ${JSON.stringify(type)}`,
    );
  }
  const isNumber = type === 'integer' || type === 'decimal' || type === 'float';
  return {
    name,
    type,
    nativeType: type,
    nullable: true,
    base: 'String',
    collation: isNumber || type === 'binary' ? 'none' : 'codePoint',
    ...(isNumber && { numbers: { kind: 'exact' } }),
  };
}

function isColumnType(type: string): type is ColumnType {
  return TYPES.has(type);
}

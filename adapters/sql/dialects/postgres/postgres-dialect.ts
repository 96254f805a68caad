import type { Comparable } from '../../../compare-cells.js';
import { trimFraction } from '../../../compare-cells.js';
import { SourceMalformed } from '../../../source-error.js';
import type { SourceValue } from '../../../source-value.js';
import { SQL_OPERATOR } from '../../compile/compile-condition.js';
import { decodeFloat, decodeInteger } from '../../decode-number.js';
import type { CompareOp, Dialect } from '../../dialect.js';
import { quoteName } from '../../quote-name.js';
import { joinBalanced, param, raw, render, type Sql, sql } from '../../sql-fragment.js';
import { sqlNulls } from '../../sql-null.js';
import type { SqlColumn } from '../../sql-table.js';
import { loadPostgresTable } from './postgres-catalogue.js';
import { loadPostgresComments } from './postgres-comments.js';

/** PostgreSQL 12 and later, and what speaks like it. */
export const postgresDialect: Dialect = {
  kind: 'postgres',
  maxParams: 65_535,
  traits: { holdsNul: false, hasInfiniteDates: true, hasFreeCells: false, nullIsLeast: false },
  ...sqlNulls,
  quote: (name) => quoteName(name, '"'),
  render: (piece) => render(piece, (position) => `$${position}`),
  exact,
  deliver,
  decode,
  text,
  operand: (column, value) => sql`${param(wireText(value))}${raw(`::${nativeCast(column)}`)}`,
  textOperand: (value) => sql`${param(value)}::text`,
  compare,
  isIn,
  isInTuples,
  // (?p) would change the meaning of dots; by default a dot is any character and $ only the end.
  matches: (expression, pattern) => sql`(${raw(expression)} ~ ${param(pattern.source)}::text)`,
  contains: (expression, part) => sql`(strpos(${raw(expression)}, ${param(part)}::text) > 0)`,
  startsWith: (expression, prefix) => sql`(strpos(${raw(expression)}, ${param(prefix)}::text) = 1)`,
  orderTerm: (expression, direction, nulls) => {
    const suffix = nulls === 'excluded' ? '' : ` NULLS ${nulls.toUpperCase()}`;
    return sql`${expression} ${raw(direction.toUpperCase() + suffix)}`;
  },
  group: (column, expression) => (hasPlainEquality(column) ? expression : exact(column, expression)),
  max,
  loadTable: loadPostgresTable,
  loadComments: loadPostgresComments,
  createIndex: (table, columns, name) => {
    // What is an array's text depends on settings, so that no index can be made of it.
    if (columns.some(({ base }) => base === 'array')) return null;
    const terms = columns.map((column) => {
      const plain = quoteName(column.name, '"');
      const sorted = exact(column, plain);
      return sorted.includes('::') ? `(${sorted})` : sorted;
    });
    return `CREATE INDEX ${quoteName(name, '"')} ON ${quoteName(table.name, '"')} (${terms.join(', ')});`;
  },
};

/** Types whose own operators compare as the port wants. The others compare by their text. */
const NATIVE = new Set([
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
  'date',
  'timestamp',
  'timestamptz',
  'bool',
  'bytea',
]);

function exact(column: SqlColumn, expression: string): string {
  if (NATIVE.has(column.base) || column.collation === 'codePoint') return expression;
  // Money has a text in the server's language, but one value.
  if (column.base === 'money') return `${expression}::numeric`;
  return text(column, expression);
}

function text(column: SqlColumn, expression: string): string {
  if (column.collation === 'codePoint') return expression;
  if (column.base === 'text' || column.base === 'varchar') return `${expression} COLLATE "C"`;
  return `${asText(column, expression)} COLLATE "C"`;
}

function asText(column: SqlColumn, expression: string): string {
  switch (column.base) {
    // Without its offset, in the session's zone.
    case 'timestamptz':
      return `${expression}::timestamp::text`;
    case 'money':
      return `${expression}::numeric::text`;
    case 'array':
      return arrayAsText(expression);
    // A text in JSON is that text, without its quotes.
    case 'json':
    case 'jsonb':
      return `(CASE ${column.base}_typeof(${expression}) WHEN 'string' THEN ${expression} #>> '{}' ELSE ${expression}::text END)`;
    default:
      return `${expression}::text`;
  }
}

/** Elements with commas between, and nothing for NULL; a JSON list where an element would be split at any separator. */
function arrayAsText(expression: string): string {
  const isList = `array_ndims(${expression}) > 1 OR array_to_string(${expression}, '') ~ '[][,，;；、"{}[:space:]\\\\]'`;
  return `(CASE WHEN ${isList} THEN array_to_json(${expression})::text ELSE array_to_string(${expression}, ',', '') END)`;
}

function deliver(column: SqlColumn, expression: string): string {
  switch (column.base) {
    case 'money':
      return `${expression}::numeric`;
    case 'bpchar':
    case 'timestamptz':
    case 'array':
    case 'json':
    case 'jsonb':
      return asText(column, expression);
    default:
      return NATIVE.has(column.base) || column.base === 'text' || column.base === 'varchar'
        ? expression
        : `${expression}::text`;
  }
}

function decode(column: SqlColumn, value: unknown): SourceValue {
  if (value === null) return null;
  if (typeof value !== 'string') throw malformed(column, `a cell came as ${typeof value}`);
  switch (column.type) {
    case 'integer':
      return decodeInteger(value) ?? fail(column, value);
    case 'float':
      return decodeFloat(value) ?? fail(column, value);
    case 'date':
      return isDateText(value, /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/) ? value : fail(column, value);
    case 'datetime':
      return isDateText(value, /^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}(?:\.[0-9]+)?$/)
        ? trimFraction(value)
        : fail(column, value);
    case 'boolean':
      return value === 't';
    case 'binary':
      return new Uint8Array(Buffer.from(value.slice(2), 'hex'));
    default:
      return value;
  }
}

/** A year before Christ or beyond 9999 has no text that sorts with the others. */
function isDateText(value: string, shape: RegExp): boolean {
  return value === 'infinity' || value === '-infinity' || shape.test(value);
}

function fail(column: SqlColumn, value: string): never {
  throw malformed(
    column,
    `the cell ${JSON.stringify(value.slice(0, 60))} is no ${column.type} of the years 1 to 9999`,
  );
}

function malformed(column: SqlColumn, what: string): SourceMalformed {
  return new SourceMalformed(`Cannot read column ${column.name}: ${what}`);
}

/** The type in which a value meets `exact(column)`; wider than the column where the operators allow it. */
function nativeCast(column: SqlColumn): string {
  switch (column.base) {
    case 'int2':
    case 'int4':
    case 'int8':
      return 'int8';
    case 'money':
      return 'numeric';
    default:
      return NATIVE.has(column.base) ? column.base : 'text';
  }
}

function wireText(value: Comparable): string | Uint8Array {
  switch (value.kind) {
    case 'boolean':
      return String(value.value);
    case 'bytes':
      return value.bytes;
    default:
      return value.text;
  }
}

/** Whether the type's own `=` says what the port means, so that any of its indexes serves. */
function hasPlainEquality(column: SqlColumn): boolean {
  return NATIVE.has(column.base) || column.collation === 'codePoint' || column.collation === 'bytewiseEqual';
}

/** What equality compares: the plain column wherever that is exact. */
function equalityOf(column: SqlColumn, expression: string): { left: string; cast: string } {
  if (!hasPlainEquality(column)) return { left: exact(column, expression), cast: nativeCast(column) };
  return { left: expression, cast: column.base === 'bpchar' ? 'bpchar' : nativeCast(column) };
}

/** Comparison ignores the blanks that pad a char(n), and its cells are delivered without them. */
function canEqual(column: SqlColumn, value: Comparable): boolean {
  return column.base !== 'bpchar' || value.kind !== 'text' || !value.text.endsWith(' ');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function compare(column: SqlColumn, expression: string, op: CompareOp, value: Comparable): Sql {
  if (op !== 'eq') {
    const left = raw(exact(column, expression));
    const right = sql`${param(wireText(value))}${raw(`::${nativeCast(column)}`)}`;
    return sql`(${left} ${raw(SQL_OPERATOR[op])} ${right})`;
  }
  if (!canEqual(column, value)) return raw('(1 = 0)');
  const { left, cast } = equalityOf(column, expression);
  const equal = sql`(${raw(left)} = ${param(wireText(value))}${raw(`::${cast}`)})`;
  if (column.base !== 'uuid' || value.kind !== 'text' || !UUID.test(value.text)) return equal;
  return sql`(${raw(expression)} = ${param(value.text)}::uuid)`;
}

function isIn(column: SqlColumn, expression: string, values: readonly Comparable[]): Sql {
  const { left, cast } = equalityOf(column, expression);
  return sql`(${raw(left)} = ANY(${arrayOf(column, values)}${raw(`::${cast}[]`)}))`;
}

function arrayOf(column: SqlColumn, values: readonly Comparable[]): Sql {
  return param(values.filter((value) => canEqual(column, value)).map(arrayText));
}

/** Arrays travel as text, in which bytes are hexadecimal. */
function arrayText(value: Comparable): string {
  const wire = wireText(value);
  return typeof wire === 'string' ? wire : `\\x${Buffer.from(wire).toString('hex')}`;
}

function isInTuples(
  columns: readonly SqlColumn[],
  expressions: readonly string[],
  tuples: readonly (readonly Comparable[])[],
): Sql {
  const possible = tuples.filter((tuple) =>
    tuple.every((value, index) => columns[index] !== undefined && canEqual(columns[index], value)),
  );
  // Only the wanted tuples travel, as one array per column, and the planner looks each up by index.
  const sides = columns.map((column, index) => {
    const { left, cast } = equalityOf(column, expressions[index] ?? '');
    const values = possible.flatMap((tuple) => (tuple[index] === undefined ? [] : [arrayText(tuple[index])]));
    return {
      array: sql`${param(values)}${raw(`::${cast}[]`)}`,
      equal: raw(`${left} = wanted.c${index}`),
    };
  });
  const arrays = sides.map((side, index) => (index === 0 ? side.array : sql`, ${side.array}`));
  const list = arrays.reduce((before, next) => sql`${before}${next}`);
  const names = raw(columns.map((_, index) => `c${index}`).join(', '));
  const equal = joinBalanced(
    sides.map((side) => side.equal),
    'AND',
  );
  return sql`(EXISTS (SELECT 1 FROM unnest(${list}) AS wanted(${names}) WHERE ${equal}))`;
}

function max(column: SqlColumn, expression: string): string {
  if (column.base === 'bool') return `bool_or(${expression})`;
  // PostgreSQL below 18 has no max() of bytes; hexadecimal digits sort as the bytes do.
  if (column.base === 'bytea') return `decode(max(encode(${expression}, 'hex') COLLATE "C"), 'hex')`;
  const greatest = `max(${exact(column, expression)})`;
  return NATIVE.has(column.base) ? deliver(column, greatest) : greatest;
}

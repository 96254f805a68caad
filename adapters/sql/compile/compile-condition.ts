import { type Comparable, comparableValue } from '../../compare-cells.js';
import type { Condition } from '../../condition.js';
import { hasText } from '../../evaluate-condition.js';
import { SourceRejected } from '../../source-error.js';
import type { SourceValue } from '../../source-value.js';
import { compileWholeTextPattern } from '../../whole-text-pattern.js';
import type { CompareOp, Dialect } from '../dialect.js';
import { FALSE, joinBalanced, raw, type Sql, sql, TRUE } from '../sql-fragment.js';
import type { SqlColumn } from '../sql-table.js';
import { stretchOfPrefix } from './compile-prefix.js';
import { type Narrowed, narrowComparison, narrowText } from './narrow-comparison.js';
import { type RowScope, resolveColumn, type ScopedColumn } from './row-scope.js';

type Value = Exclude<SourceValue, null>;

/** A boolean expression that is true exactly for the rows of the condition; for the others false or NULL. */
export function compileCondition(condition: Condition, scope: RowScope): Sql {
  switch (condition.kind) {
    case 'always':
      return TRUE;
    case 'never':
      return FALSE;
    case 'all':
      return joinBalanced(
        condition.of.map((part) => compileCondition(part, scope)),
        'AND',
      );
    case 'any':
      return joinBalanced(
        condition.of.map((part) => compileCondition(part, scope)),
        'OR',
      );
    case 'not':
      // NULL counts as false inside, so its negation is true.
      return scope.dialect.negate(compileCondition(condition.of, scope));
    case 'compare':
      return compileComparison(condition.op, condition.value, resolveColumn(scope, condition.column), scope);
    case 'in':
      return compileIn(condition.values, resolveColumn(scope, condition.column), scope);
    case 'inTuples':
      return compileTuples(condition.columns, condition.tuples, scope);
    case 'isNull':
      return compileIsNull(resolveColumn(scope, condition.column), scope);
    case 'matches':
      return compileMatches(condition.pattern, resolveColumn(scope, condition.column), scope);
    case 'contains':
      return compileContains(condition.text, resolveColumn(scope, condition.column), scope);
    case 'startsWith':
      return compileStartsWith(condition.text, resolveColumn(scope, condition.column), scope);
  }
}

/** MySQL finds `0000-00-00` by IS NULL where the column is NOT NULL, so such a column is never asked. */
export function compileIsNull({ column, expression }: ScopedColumn, { dialect }: RowScope): Sql {
  return column.nullable ? raw(dialect.isNull(expression)) : FALSE;
}

function compileComparison(op: CompareOp, value: Value, target: ScopedColumn, scope: RowScope): Sql {
  return compileNarrowed(narrowValue(op, value, target, scope), target, scope);
}

function narrowValue(op: CompareOp, value: Value, target: ScopedColumn, scope: RowScope): Narrowed {
  const wanted = comparableValue(value, target.column.type);
  if (wanted === null) return { kind: 'never' };
  return narrowComparison(target.column, op, wanted, scope.dialect.traits);
}

function compileNarrowed(narrowed: Narrowed, { column, expression }: ScopedColumn, scope: RowScope): Sql {
  switch (narrowed.kind) {
    case 'never':
      return FALSE;
    case 'present':
      return raw(scope.dialect.isPresent(expression));
    case 'native':
      return scope.dialect.compare(column, expression, narrowed.op, narrowed.value);
    case 'text':
      return compileTextComparison(narrowed.op, narrowed.text, { column, expression }, scope);
  }
}

/** Compares what the cell's text is, for values that the column's own type cannot hold. */
export function compileTextComparison(
  op: CompareOp,
  text: string,
  { column, expression }: ScopedColumn,
  { dialect }: RowScope,
): Sql {
  const narrowed = narrowText(op, text, dialect.traits.holdsNul);
  if (narrowed.kind !== 'native' || narrowed.value.kind !== 'text') return FALSE;
  const left = raw(dialect.text(column, expression));
  return sql`(${left} ${raw(SQL_OPERATOR[narrowed.op])} ${dialect.textOperand(narrowed.value.text)})`;
}

export const SQL_OPERATOR: Readonly<Record<CompareOp, string>> = {
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

function compileIn(values: readonly Value[], target: ScopedColumn, scope: RowScope): Sql {
  const texts = target.column.type === 'text' ? plainTexts(values) : null;
  if (texts !== null && texts.length > 1) return scope.dialect.isIn(target.column, target.expression, texts);
  const natives = new Map<string, Comparable>();
  const others: Sql[] = [];
  for (const value of values) {
    const narrowed = narrowValue('eq', value, target, scope);
    if (narrowed.kind === 'native') natives.set(identify(narrowed.value), narrowed.value);
    else if (narrowed.kind === 'text') others.push(compileNarrowed(narrowed, target, scope));
  }
  const [first, second] = natives.values();
  if (first === undefined) return joinBalanced(others, 'OR');
  const found =
    second === undefined
      ? scope.dialect.compare(target.column, target.expression, 'eq', first)
      : scope.dialect.isIn(target.column, target.expression, [...natives.values()]);
  return joinBalanced([found, ...others], 'OR');
}

/**
 * A list of texts that every database can hold, each once; null where one of the values is something else. Subjects' keys are
 * one list for all interfaces that a request asks for them.
 */
function plainTexts(values: readonly Value[]): readonly Comparable[] | null {
  const known = plainLists.get(values);
  if (known !== undefined) return known;
  const isPlain = values.every((value) => typeof value === 'string' && !/[\p{Surrogate}\0]/u.test(value));
  const texts = isPlain
    ? [...new Set(values)].map((text): Comparable => ({ kind: 'text', text: String(text) }))
    : null;
  plainLists.set(values, texts);
  return texts;
}

const plainLists = new WeakMap<readonly Value[], readonly Comparable[] | null>();

function identify(value: Comparable): string {
  switch (value.kind) {
    case 'boolean':
      return `boolean ${value.value}`;
    case 'bytes':
      return `bytes ${Buffer.from(value.bytes).toString('hex')}`;
    default:
      return `${value.kind} ${value.text}`;
  }
}

function compileTuples(
  names: readonly string[],
  tuples: readonly (readonly Value[])[],
  scope: RowScope,
): Sql {
  const targets = names.map((name) => resolveColumn(scope, name));
  if (targets.length === 0)
    throw new SourceRejected('Cannot compare tuples: they must name at least one column');
  const natives = new Map<string, Comparable[]>();
  const others: Sql[] = [];
  for (const tuple of tuples) {
    const cells = narrowTuple(tuple, targets, scope);
    if (cells.some((cell) => cell.kind === 'never')) continue;
    const values = cells.flatMap((cell) => (cell.kind === 'native' ? [cell.value] : []));
    if (values.length === cells.length) natives.set(JSON.stringify(values.map(identify)), values);
    else others.push(compileEachCell(cells, targets, scope));
  }
  if (natives.size === 0) return joinBalanced(others, 'OR');
  const found = scope.dialect.isInTuples(
    targets.map((target) => target.column),
    targets.map((target) => target.expression),
    [...natives.values()],
  );
  return joinBalanced([found, ...others], 'OR');
}

function narrowTuple(
  tuple: readonly Value[],
  targets: readonly ScopedColumn[],
  scope: RowScope,
): readonly Narrowed[] {
  if (tuple.length !== targets.length) {
    throw new SourceRejected(
      `Cannot compare tuples: each must hold ${targets.length} cells, but one holds ${tuple.length}`,
    );
  }
  return targets.map((target, index) => {
    const value = tuple[index];
    return value === undefined ? { kind: 'never' } : narrowValue('eq', value, target, scope);
  });
}

function compileEachCell(cells: readonly Narrowed[], targets: readonly ScopedColumn[], scope: RowScope): Sql {
  const parts = targets.map((target, index) => {
    const cell = cells[index];
    return cell === undefined ? FALSE : compileNarrowed(cell, target, scope);
  });
  return joinBalanced(parts, 'AND');
}

function compileMatches(pattern: string, { column, expression }: ScopedColumn, { dialect }: RowScope): Sql {
  const compiled = compileWholeTextPattern(pattern);
  if (!hasText(column.type)) return FALSE;
  if (!dialect.traits.holdsNul && pattern.includes('\0')) {
    throw new SourceRejected('Cannot compile the pattern: no text of this source holds the character U+0000');
  }
  return dialect.matches(dialect.text(column, expression), compiled);
}

function compileContains(part: string, { column, expression }: ScopedColumn, { dialect }: RowScope): Sql {
  if (!canHold(part, column, dialect)) return FALSE;
  return dialect.contains(dialect.text(column, expression), part);
}

function compileStartsWith(prefix: string, { column, expression }: ScopedColumn, scope: RowScope): Sql {
  const { dialect } = scope;
  if (!canHold(prefix, column, dialect)) return FALSE;
  const starts = dialect.startsWith(dialect.text(column, expression), prefix);
  if (column.type !== 'text' || prefix === '') return starts;
  return joinBalanced([compileCondition(stretchOfPrefix(column.name, prefix), scope), starts], 'AND');
}

/** Whether a cell of the column can hold this text at all. */
function canHold(text: string, { type }: SqlColumn, { traits }: Dialect): boolean {
  return hasText(type) && !/\p{Surrogate}/u.test(text) && (traits.holdsNul || !text.includes('\0'));
}

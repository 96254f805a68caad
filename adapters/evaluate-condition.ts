import { type Comparable, comparableCell, comparableValue, compareComparables } from './compare-cells.js';
import type { Condition } from './condition.js';
import type { ColumnType, SourceColumn } from './source-adapter.js';
import { SourceRejected } from './source-error.js';
import type { SourceRow, SourceValue } from './source-value.js';
import { compileWholeTextPattern } from './whole-text-pattern.js';

export type RowPredicate = (row: SourceRow) => boolean;

type ReadColumn = Pick<SourceColumn, 'name' | 'type'>;
type CompareOp = Extract<Condition, { kind: 'compare' }>['op'];

/**
 * Compiles a condition to a predicate over rows in memory; the reference of what every adapter must answer.
 *
 * @param columns the row's cells in their order, with the types that the source describes.
 * @throws {SourceRejected} on a column that is not among them, or a pattern outside the common syntax.
 */
export function evaluateCondition(condition: Condition, columns: readonly ReadColumn[]): RowPredicate {
  switch (condition.kind) {
    case 'always':
      return () => true;
    case 'never':
      return () => false;
    case 'all': {
      const parts = condition.of.map((part) => evaluateCondition(part, columns));
      return (row) => parts.every((part) => part(row));
    }
    case 'any': {
      const parts = condition.of.map((part) => evaluateCondition(part, columns));
      return (row) => parts.some((part) => part(row));
    }
    case 'not': {
      const inner = evaluateCondition(condition.of, columns);
      return (row) => !inner(row);
    }
    case 'inTuples':
      return evaluateTuples(condition.columns, condition.tuples, columns);
    default:
      return evaluateCell(condition, columns);
  }
}

type CellCondition = Exclude<
  Condition,
  { kind: 'always' | 'never' | 'all' | 'any' | 'not' } | { kind: 'inTuples' }
>;

function evaluateCell(condition: CellCondition, columns: readonly ReadColumn[]): RowPredicate {
  const { index, type } = locate(condition.column, columns);
  const test = testCell(condition, type);
  return (row) => test(row[index] ?? null);
}

function testCell(condition: CellCondition, type: ColumnType): (cell: SourceValue) => boolean {
  switch (condition.kind) {
    case 'isNull':
      return (cell) => cell === null;
    case 'compare':
      return testComparison(condition.op, condition.value, type);
    case 'in': {
      const tests = condition.values.map((value) => testComparison('eq', value, type));
      return (cell) => tests.some((test) => test(cell));
    }
    case 'matches': {
      const pattern = compileWholeTextPattern(condition.pattern);
      return (cell) => testText(cell, type, (text) => pattern.test(text));
    }
    case 'contains':
      // Half a surrogate pair is no character, so no text contains it.
      if (/\p{Surrogate}/u.test(condition.text)) return () => false;
      return (cell) => testText(cell, type, (text) => text.includes(condition.text));
    case 'startsWith':
      if (/\p{Surrogate}/u.test(condition.text)) return () => false;
      return (cell) => testText(cell, type, (text) => text.startsWith(condition.text));
  }
}

function testComparison(
  op: CompareOp,
  value: Exclude<SourceValue, null>,
  type: ColumnType,
): (cell: SourceValue) => boolean {
  const wanted = comparableValue(value, type);
  if (wanted === null) return () => false;
  return (cell) => {
    if (cell === null) return false;
    const held = comparableCell(cell, type);
    return held.kind === wanted.kind && holds(op, held, wanted);
  };
}

function holds(op: CompareOp, held: Comparable, wanted: Comparable): boolean {
  const order = compareComparables(held, wanted);
  switch (op) {
    case 'eq':
      return order === 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
  }
}

function evaluateTuples(
  names: readonly string[],
  tuples: readonly (readonly Exclude<SourceValue, null>[])[],
  columns: readonly ReadColumn[],
): RowPredicate {
  const places = names.map((name) => locate(name, columns));
  const tests = tuples.map((tuple) => {
    if (tuple.length !== places.length) {
      throw new SourceRejected(
        `Cannot compare tuples: each must hold ${places.length} cells, but one holds ${tuple.length}`,
      );
    }
    const cells = tuple.map((value, index) => testComparison('eq', value, places[index]?.type ?? 'other'));
    return (row: SourceRow) => cells.every((test, index) => test(row[places[index]?.index ?? -1] ?? null));
  });
  return (row) => tests.some((test) => test(row));
}

/** Floating-point, boolean and binary cells have no text that every source writes alike. */
export function hasText(type: ColumnType): boolean {
  return type !== 'float' && type !== 'boolean' && type !== 'binary';
}

function testText(cell: SourceValue, type: ColumnType, test: (text: string) => boolean): boolean {
  if (cell === null || !hasText(type)) return false;
  if (typeof cell === 'string') return test(cell);
  return (typeof cell === 'number' || typeof cell === 'bigint') && test(String(cell));
}

function locate(name: string, columns: readonly ReadColumn[]): { index: number; type: ColumnType } {
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (column !== undefined) return { index, type: column.type };
  const known = columns.map((each) => each.name).join(', ');
  throw new SourceRejected(`Cannot filter by column ${JSON.stringify(name)}: the rows have ${known}`);
}

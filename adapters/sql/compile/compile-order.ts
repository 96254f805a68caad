import { comparableCell } from '../../compare-cells.js';
import type { OrderTerm } from '../../source-adapter.js';
import { SourceRejected } from '../../source-error.js';
import type { SourceValue } from '../../source-value.js';
import type { CompareOp } from '../dialect.js';
import { FALSE, join, joinBalanced, raw, type Sql, sql } from '../sql-fragment.js';
import { compileCondition, compileIsNull, compileTextComparison, SQL_OPERATOR } from './compile-condition.js';
import { narrowComparison } from './narrow-comparison.js';
import { type RowScope, resolveColumn, type ScopedColumn } from './row-scope.js';

/** `ORDER BY …` with a leading space; empty when any order will do. */
export function compileOrderBy(terms: readonly OrderTerm[], scope: RowScope): Sql {
  if (terms.length === 0) return raw('');
  const pieces = terms.map((term) => {
    const { column, expression } = resolveColumn(scope, term.column);
    const exact = raw(scope.dialect.exact(column, expression));
    const guard = guardOf(term, scope);
    const sorted = guard === null ? exact : sql`(CASE WHEN ${guard} THEN ${exact} END)`;
    return scope.dialect.orderTerm(sorted, term.direction, term.nulls);
  });
  return sql` ORDER BY ${join(pieces, ', ')}`;
}

/**
 * The rows strictly after a position: `a >= x AND (a > x OR (a = x AND …))`. The first half says nothing new,
 * but is what lets a database start in the middle of an index.
 */
export function compileAfter(
  terms: readonly OrderTerm[],
  after: readonly SourceValue[],
  scope: RowScope,
): Sql {
  if (after.length !== terms.length) {
    throw new SourceRejected(
      `Cannot resume: the position must hold ${terms.length} cells, but holds ${after.length}`,
    );
  }
  const [term, ...furtherTerms] = terms;
  const [cell = null, ...furtherCells] = after;
  if (term === undefined) return FALSE;
  const place = compilePlace(term, cell, scope);
  if (furtherTerms.length === 0) return place.after;
  const rest = compileAfter(furtherTerms, furtherCells, scope);
  const tied = joinBalanced([place.same, rest], 'AND');
  return joinBalanced([...place.from, joinBalanced([place.after, tied], 'OR')], 'AND');
}

/** Where the rows of one term stand to the position. */
interface Place {
  readonly after: Sql;
  readonly same: Sql;
  /** A plain range that holds both; none where null would have to be let in. */
  readonly from: readonly Sql[];
}

function compilePlace(term: OrderTerm, cell: SourceValue, scope: RowScope): Place {
  const target = resolveColumn(scope, term.column);
  const guard = guardOf(term, scope);
  if (cell === null) return placeOfNull(term, target, guard, scope);
  const isAscending = term.direction === 'asc';
  const guarded = (op: CompareOp) => {
    const compared = comparePosition(op, cell, target, scope);
    return guard === null ? compared : joinBalanced([guard, compared], 'AND');
  };
  const same = guarded('eq');
  const beyond = guarded(isAscending ? 'gt' : 'lt');
  if (term.nulls === 'last') {
    return { after: joinBalanced([beyond, isInNullClass(target, guard, scope)], 'OR'), same, from: [] };
  }
  return { after: beyond, same, from: [guarded(isAscending ? 'gte' : 'lte')] };
}

function placeOfNull(term: OrderTerm, target: ScopedColumn, guard: Sql | null, scope: RowScope): Place {
  const same = isInNullClass(target, guard, scope);
  switch (term.nulls) {
    case 'first':
      return { after: scope.dialect.negate(same), same, from: [] };
    case 'last':
      return { after: FALSE, same, from: [] };
    case 'excluded':
      throw new SourceRejected(
        `Cannot resume: the position is null in column ${target.column.name}, whose order excludes null`,
      );
  }
}

function isInNullClass(target: ScopedColumn, guard: Sql | null, scope: RowScope): Sql {
  const isNull = compileIsNull(target, scope);
  return guard === null ? isNull : joinBalanced([isNull, scope.dialect.negate(guard)], 'OR');
}

function guardOf(term: OrderTerm, scope: RowScope): Sql | null {
  if (term.guard === undefined || term.nulls === 'excluded') return null;
  return term.guard.kind === 'always' ? null : compileCondition(term.guard, scope);
}

/** Compares by the column's whole order, in which cells of another kind have their place as well. */
function comparePosition(
  op: CompareOp,
  cell: Exclude<SourceValue, null>,
  target: ScopedColumn,
  scope: RowScope,
): Sql {
  const { column, expression } = target;
  const narrowed = narrowComparison(column, op, comparableCell(cell, column.type), scope.dialect.traits);
  switch (narrowed.kind) {
    case 'never':
      return FALSE;
    case 'present':
      return raw(scope.dialect.isPresent(expression));
    case 'text':
      return compileTextComparison(narrowed.op, narrowed.text, target, scope);
    case 'native': {
      const exact = raw(scope.dialect.exact(column, expression));
      const operand = scope.dialect.operand(column, narrowed.value);
      const compared = sql`(${exact} ${raw(SQL_OPERATOR[narrowed.op])} ${operand})`;
      const findsNull = scope.dialect.traits.nullIsLeast && (narrowed.op === 'lt' || narrowed.op === 'lte');
      return findsNull ? sql`(${compared} AND ${raw(scope.dialect.isPresent(expression))})` : compared;
    }
  }
}

import { ALWAYS, all, any, type Condition, NEVER, not } from '../../../../adapters/condition.js';
import type { OrderTerm } from '../../../../adapters/source-adapter.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import type { FeedPosition } from '../../../feed/feed.js';
import { compareCodePoints } from '../../../values/texts/sort-text.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { type CompiledOrder, type CompiledSort, compareOneKey } from './sort-order.js';

/** A stretch of the total order that the source can read by walking an index. */
interface Segment {
  readonly where: Condition;
  readonly orderBy: readonly OrderTerm[];
  /** Resume strictly after this, one cell per order term. */
  readonly after?: readonly SourceValue[];
  /** The `after` that continues behind a row of this stretch. */
  resumeAfter(row: Standing): readonly SourceValue[];
}

/** An order key that the source sorts by, and its place in the sort. */
interface ColumnKey {
  readonly order: Extract<CompiledOrder, { kind: 'column' }>;
  readonly index: number;
}

/** Where a row stands: sort texts of all order keys, and the cells (or their texts) of its key. */
interface Standing {
  readonly sort: readonly (string | null)[];
  readonly key: readonly SourceValue[];
}

/**
 * The rows after a position, as stretches to be read one after the other.
 *
 * The first order column splits them: rows that have a value there can be read off an index in its order,
 * rows without one form a stretch of their own before or behind. A position of another interface only lends
 * its sort texts, so it is stated as a condition then.
 *
 * @param selective the filter leaves few rows: sorting them all costs less than a second call, so there is one
 *   stretch only.
 */
export function segmentsAfter(
  compiled: CompiledInterface,
  sort: CompiledSort,
  position: FeedPosition | undefined,
  selective: boolean,
): readonly Segment[] {
  const keys = sort.orders.flatMap((order, index) => (order.kind === 'column' ? [{ order, index }] : []));
  const own = position?.interface === compiled.mapping.interface ? position : undefined;
  const startIn = (stretch: Stretch): Condition =>
    position === undefined || own !== undefined ? ALWAYS : startCondition(compiled, sort, position, stretch);
  const standing: Standing | undefined = own && { sort: own.keys, key: own.key };
  const [first, ...rest] = keys;
  if (first === undefined || selective) {
    return [makeSegment(compiled, sort, startIn({ first: null, valued: null }), keys, standing)];
  }
  const guard = first.order.sort.guard(first.order.column);
  const inEmpty = standing !== undefined && (standing.sort[first.index] ?? null) === null;
  const valued = makeSegment(
    compiled,
    sort,
    all([guard, startIn({ first, valued: true })]),
    keys,
    inEmpty ? undefined : standing,
    first,
  );
  const empty = makeSegment(
    compiled,
    sort,
    all([not(guard), startIn({ first, valued: false })]),
    rest,
    inEmpty ? standing : undefined,
  );
  const ordered = sort.nulls === 'last' ? [valued, empty] : [empty, valued];
  // A position within the second stretch has the first one behind it.
  const inSecond = standing !== undefined && inEmpty === (sort.nulls === 'last');
  return (inSecond ? ordered.slice(1) : ordered).filter(({ where }) => where.kind !== 'never');
}

function makeSegment(
  compiled: CompiledInterface,
  sort: CompiledSort,
  where: Condition,
  keys: readonly ColumnKey[],
  standing: Standing | undefined,
  withoutNulls?: ColumnKey,
): Segment {
  const resumeAfter = (row: Standing): readonly SourceValue[] => [
    ...keys.map(({ order, index }) => {
      const text = row.sort[index] ?? null;
      return text === null ? null : order.sort.cellOf(text);
    }),
    ...row.key,
  ];
  return {
    where,
    orderBy: [
      ...keys.map((key) => orderTerm(key.order, key === withoutNulls ? 'excluded' : sort.nulls)),
      ...compiled.mapping.key.map(
        (column): OrderTerm => ({ column, direction: sort.tie, nulls: 'excluded' }),
      ),
    ],
    ...(standing !== undefined && { after: resumeAfter(standing) }),
    resumeAfter,
  };
}

function orderTerm({ column, direction, sort }: ColumnKey['order'], nulls: OrderTerm['nulls']): OrderTerm {
  return { column, direction, nulls, ...(nulls !== 'excluded' && { guard: sort.guard(column) }) };
}

/** What is known of the first order column within a stretch: that it has a value, that it has none, or nothing. */
interface Stretch {
  readonly first: ColumnKey | null;
  readonly valued: boolean | null;
}

/** Rows of this interface that stand after a row of another one. */
function startCondition(
  compiled: CompiledInterface,
  sort: CompiledSort,
  position: FeedPosition,
  { first, valued }: Stretch,
): Condition {
  const byName = compareCodePoints(compiled.mapping.interface, position.interface);
  const standsAfter = sort.tie === 'asc' ? byName > 0 : byName < 0;
  return sort.orders.reduceRight<Condition>(
    (onTie, order, index) => {
      const text = position.keys[index] ?? null;
      if (order.kind === 'memory') return ALWAYS;
      if (order.kind === 'fixed') {
        const result = compareOneKey(sort, order, order.text, text);
        return result === 0 ? onTie : result > 0 ? ALWAYS : NEVER;
      }
      const known = index === first?.index ? valued : null;
      const guard = order.sort.guard(order.column);
      const among = (ofValued: Condition, ofEmpty: Condition): Condition => {
        if (known !== null) return known ? ofValued : ofEmpty;
        return any([all([guard, ofValued]), all([not(guard), ofEmpty])]);
      };
      const beyond = sort.nulls === 'last';
      return text === null
        ? among(beyond ? NEVER : ALWAYS, onTie)
        : among(valueAfter(order, text, onTie), beyond ? ALWAYS : NEVER);
    },
    standsAfter ? ALWAYS : NEVER,
  );
}

/** Of cells with a value: those strictly after `text`, or equal to it and `onTie`. */
function valueAfter(
  { column, direction, sort }: ColumnKey['order'],
  text: string,
  onTie: Condition,
): Condition {
  const value = sort.cellOf(text) ?? '';
  const ascending = direction === 'asc';
  const compare = (op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte'): Condition => ({
    kind: 'compare',
    column,
    op,
    value,
  });
  // The first is implied by the rest; it lets the source walk an index from here.
  return all([
    compare(ascending ? 'gte' : 'lte'),
    any([compare(ascending ? 'gt' : 'lt'), all([compare('eq'), onTie])]),
  ]);
}

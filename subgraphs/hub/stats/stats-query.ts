import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedMeasure } from '../../feed/feed.js';
import { declarationOf, type RowKind } from '../../kinds/kinds.js';
import { isOfPerson } from '../../kinds/of-persons.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { constantCase } from '../../kinds/surface/constant-case.js';
import { dimensionsOf, type StatsDimension } from '../../kinds/surface/dimensions.js';
import { daysOf, numbersOf } from '../../kinds/surface/numbers.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { badInput, checkUpTo } from '../filter/bad-input.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import type { AgeArguments } from '../filter/read-age.js';
import type { Hub } from '../hub.js';
import type { FilterTraits } from '../persons/person-filter.js';
import { refusePersons } from '../persons/refuse-persons.js';
import { type SmallCells, smallCellsOf } from '../persons/small-cells.js';
import type { Selection } from '../rows/selection.js';
import type { WantedFollowUp } from './follow-ups.js';

export const MAX_BUCKETS = 10_000;

/** The GraphQL arguments of every kind's statistics; a follow-up's `within` has a name of its own. */
export type StatsArguments = Readonly<Record<string, unknown>> &
  AgeArguments & {
    readonly where?: Readonly<Record<string, unknown>> | null;
    readonly by: readonly string[];
    readonly measures?: readonly string[] | null;
    readonly orderBy?: readonly Readonly<Record<string, unknown>>[] | null;
    readonly first?: number | null;
  };

/** What a statistic is asked for. */
export interface StatsQuery {
  readonly kind: RowKind;
  readonly where: RowCondition;
  readonly by: readonly StatsDimension[];
  /** Count different subjects too. */
  readonly subjects: boolean;
  /** By name, see `measureName`. */
  readonly measures: ReadonlyMap<string, FeedMeasure>;
  /** Names of measures whose median is wanted: it takes a look at every different value. */
  readonly medians: ReadonlySet<string>;
  readonly followUps: readonly WantedFollowUp[];
  /** As the caller wrote it; read by `bucket-order.ts`. */
  readonly orderBy: readonly Readonly<Record<string, unknown>>[];
  /** Null: all buckets. */
  readonly first: number | null;
  readonly also: readonly InterfaceOutcome[];
}

/** The same, and how its counts are told. */
export interface ToldStatsQuery extends StatsQuery {
  /** Null: as they are. */
  readonly cells: SmallCells | null;
}

/** @throws BAD_USER_INPUT @throws FORBIDDEN as `filterToFeed`. */
export async function readStatsQuery(
  hub: Hub,
  kind: RowKind,
  args: StatsArguments,
  selection: Selection,
  context: CallContext,
): Promise<ToldStatsQuery> {
  const { where, by, measures, orderBy, first } = args;
  if (measures?.length === 0) throw badInput('measures', '不能为空列表。', 'must not be an empty list.');
  const named = [...(measures ?? []), ...measuresOrderedBy(orderBy ?? [])];
  const filter = filterContextOf(hub, kind, context);
  const { condition, registry, traits } = await filterToFeed(where, 'where', filter);
  const dimensions = readDimensions(kind, by);
  const numbers = numbersOf(kind);
  const wanted = new Map<string, FeedMeasure>();
  const medians = new Set<string>();
  for (const name of named) {
    const number = numbers.get(name);
    if (number !== undefined) wanted.set(measureName({ field: number.field }), { field: number.field });
  }
  for (const { measure, statistics } of askedMeasures(kind, selection, orderBy ?? [])) {
    const name = measureName(measure);
    wanted.set(name, measure);
    if (statistics.has('median')) medians.add(name);
  }
  return {
    kind,
    where: condition,
    by: dimensions,
    cells: cellsOf(kind, dimensions, traits, context),
    subjects: named.includes('SUBJECTS'),
    measures: wanted,
    medians,
    followUps: readFollowUpsWanted(kind, args, named),
    orderBy: orderBy ?? [],
    first: first === null || first === undefined ? null : checkUpTo(MAX_BUCKETS, 'first', first),
    also: registry === null ? [] : [registry],
  };
}

/** Names of measures that buckets are ordered by: they are measured whether or not they are asked for otherwise. */
function measuresOrderedBy(orderBy: StatsQuery['orderBy']): readonly string[] {
  return orderBy.flatMap((item) => {
    const given = Object.entries(item).filter(([, value]) => value !== null && value !== undefined);
    return given.map(([field]) => constantCase(field));
  });
}

function readDimensions(kind: RowKind, by: readonly string[]): readonly StatsDimension[] {
  return by.map((name, index) => {
    const dimension = dimensionsOf(kind).get(name);
    if (dimension === undefined) {
      throw badInput(`by[${index}]`, `未知的维度 ${name}。`, `must be a dimension, but is ${name}.`);
    }
    return dimension;
  });
}

/** @throws FORBIDDEN as `filterToFeed`. */
function cellsOf(
  kind: RowKind,
  by: readonly StatsDimension[],
  { ofPersons, picksRows }: FilterTraits,
  { caller }: CallContext,
): SmallCells | null {
  const isByPersons = by.some(
    (one) => one.of === 'row' && 'field' in one.dimension && isOfPerson(kind, one.dimension.field),
  );
  if (!isByPersons && !ofPersons && declarationOf(kind).ofPersons !== true) return null;
  const cells = smallCellsOf(caller);
  if (cells !== null && isByPersons && picksRows) throw refusePersons('picked', 'where');
  return cells;
}

function readFollowUpsWanted(
  kind: RowKind,
  args: StatsArguments,
  measures: readonly string[],
): readonly WantedFollowUp[] {
  const { followUps, links } = declarationOf(kind);
  return Object.entries(followUps).flatMap(([name, declaration]): WantedFollowUp[] => {
    const { within } = declaration;
    const days =
      within === undefined
        ? null
        : checkUpTo(within.max, within.argument, Number(args[within.argument] ?? within.default));
    const link = links[declaration.link];
    if (link === undefined || !measures.includes(constantCase(name))) return [];
    return [{ name, declaration, link, withinDays: days }];
  });
}

/** A stable name of a measure: what buckets keep it under. */
export function measureName(measure: FeedMeasure): string {
  return 'field' in measure ? measure.field : `${measure.days.from}…${measure.days.to}`;
}

interface AskedMeasure {
  readonly measure: FeedMeasure;
  /** `sum`, `median` … */
  readonly statistics: ReadonlySet<string>;
}

/** The measures that buckets are asked for by `amount(of:)` and `days(from:, to:)`, or ordered by. */
function askedMeasures(
  kind: RowKind,
  selection: Selection,
  orderBy: StatsQuery['orderBy'],
): readonly AskedMeasure[] {
  const buckets = selection.below('buckets');
  const selected = ['amount', 'days'].flatMap((name) =>
    buckets.calls(name).map(({ args, below }) => ({
      measure: readMeasure(kind, args, `buckets.${name}`),
      statistics: new Set(below.names()),
    })),
  );
  const ordering = orderBy.flatMap((item, index) => {
    const given = item.amount ?? item.days;
    if (given === null || given === undefined) return [];
    const args = given as Readonly<Record<string, unknown>>;
    const statistic = String(args.by ?? 'SUM').toLowerCase();
    return [{ measure: readMeasure(kind, args, `orderBy[${index}]`), statistics: new Set([statistic]) }];
  });
  return [...selected, ...ordering];
}

/** Reads `{of: FINE}` or `{from: FILED_AT, to: DECIDED_AT}`. @throws BAD_USER_INPUT */
export function readMeasure(
  kind: RowKind,
  args: Readonly<Record<string, unknown>>,
  path: string,
): FeedMeasure {
  const number = numbersOf(kind).get(String(args.of));
  if (number !== undefined) return { field: number.field };
  const days = daysOf(kind);
  const [from, to] = [days.get(String(args.from)), days.get(String(args.to))];
  if (from !== undefined && to !== undefined) return { days: { from, to } };
  throw badInput(path, '没有这个数值或日期。', 'must name a number, or two days, of this kind.');
}

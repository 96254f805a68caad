import { isAskedFrom } from '../../../../adapters/source-object.js';
import type { FeedPosition } from '../../../feed/feed.js';
import type { RowCondition } from '../../../kinds/row-condition.js';
import { addDays } from '../../../values/dates/calendar.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import type { CompiledSort } from '../page/sort-order.js';

/** How far back windows reach, in days. Few and steep: each one that is too small costs another call. */
const WINDOW_DAYS = [45, 360];

interface WindowedRead {
  readonly where: RowCondition;
  readonly sort: CompiledSort;
  readonly after?: FeedPosition;
}

/**
 * Filters that leave the beginning of the wanted rows, the narrowest first, where these are wanted newest first from
 * a source that does not sort them but can be asked for rows from a day on: whoever wants twenty rows need not fetch
 * all of them to sort them. Empty where no window helps.
 *
 * @param today `yyyy-MM-dd`: where the newest rows are, as a rule. Later ones lie within every first window too.
 */
export function recentWindows(
  compiled: CompiledInterface,
  { where, sort, after }: WindowedRead,
  today: string,
): readonly RowCondition[] {
  const [first] = sort.orders;
  if (first === undefined || first.kind === 'fixed' || first.direction !== 'desc' || sort.nulls !== 'last') {
    return [];
  }
  const { name } = first;
  if (!isAskedByDay(compiled, name)) return [];
  const newest = after === undefined ? undefined : (after.keys[0] ?? null);
  // Behind the last row with a day there are only those without one.
  if (newest === null) return [];
  const asked = daysOf(where, name);
  const last = asked.to !== null && asked.to < today ? asked.to : today;
  const start = (newest ?? last).slice(0, 10);
  const windows = WINDOW_DAYS.map((days) => addDays(start, -days));
  const { from: floor } = asked;
  // A filter that leaves no more than the widest window takes one look.
  if (floor !== null && windows.some((from) => from <= floor)) return [];
  return windows.map((from) => ({ field: name, from, ...(newest !== undefined && { to: start }) }));
}

/** Whether a field is a day that is sorted here, of a column from which on the source can be asked. */
function isAskedByDay({ adapter, fields, mapping }: CompiledInterface, name: string): boolean {
  const field = fields.get(name);
  if (field?.kind !== 'column' || field.mapping.type !== 'Date') return false;
  if (isAskedFrom(mapping.source.object, field.column)) return true;
  // One that sorts is read off its order, unless that is finer than the day; of one that filters nothing all is sent anyway.
  return adapter.capabilities.filters && field.codec.sort?.finer === true;
}

/** First and last day; null: open. */
interface Days {
  readonly from: string | null;
  readonly to: string | null;
}

const EVERY_DAY: Days = { from: null, to: null };

/** The days that a filter leaves to a field, as far as it says so for all rows. */
function daysOf(where: RowCondition, name: string): Days {
  if ('all' in where) return where.all.map((part) => daysOf(part, name)).reduce(overlap, EVERY_DAY);
  if (!('field' in where) || where.field !== name || !('from' in where || 'to' in where)) return EVERY_DAY;
  return { from: where.from ?? null, to: where.to ?? null };
}

function overlap(a: Days, b: Days): Days {
  return {
    from: a.from === null || (b.from !== null && b.from > a.from) ? b.from : a.from,
    to: a.to === null || (b.to !== null && b.to < a.to) ? b.to : a.to,
  };
}

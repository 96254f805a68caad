import { ERROR_CATALOGUE } from '../../../runtime/errors.js';
import type {
  FeedDimension,
  FeedMeasure,
  FeedPage,
  FeedPageRequest,
  FeedPart,
  FeedPort,
  FeedPosition,
  FeedTally,
  FeedTallyRequest,
  InterfaceInfo,
  MatchedFacet,
  RowFacet,
  SubjectFacet,
} from '../../feed/feed.js';
import { addMeasured, measure } from '../../feed/measured.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { declarationOf, fieldNamesOf, type Kind } from '../../kinds/kinds.js';
import { daysBetween, isoWeekOf } from '../../values/dates/calendar.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { type ArrayRow, holds, idOf, readField } from './array-condition.js';

/** An interface whose rows are an array that tests may change between calls. */
export interface ArrayInterface {
  readonly name: string;
  readonly kind: Kind | null;
  rows: readonly ArrayRow[];
  /** While true, every call for it is MISSING. */
  down?: boolean;
  readonly departments?: readonly string[];
  readonly lookupOnly?: boolean;
  readonly askedNumbers?: readonly string[];
  /** Canonical fields that it maps; absent: all. */
  readonly fields?: readonly string[];
  readonly matched?: MatchedFacet;
  readonly facet?: SubjectFacet;
  readonly rowFacet?: RowFacet;
}

/** What was asked of a feed, in order. */
export type ArrayCall =
  | { readonly operation: 'page'; readonly request: FeedPageRequest }
  | { readonly operation: 'tally'; readonly request: FeedTallyRequest };

export interface ArrayFeed extends FeedPort {
  readonly calls: ArrayCall[];
}

/** The port over arrays: sorts everything, then cuts. */
export function createArrayFeed(department: string, interfaces: readonly ArrayInterface[]): ArrayFeed {
  const calls: ArrayCall[] = [];
  const answer = async <T>(
    request: { readonly kind: Kind | null; readonly interfaces?: readonly string[] },
    read: (one: ArrayInterface) => T,
  ): Promise<readonly FeedPart<T>[]> =>
    interfaces
      .filter(({ kind, name }) => kind === request.kind && (request.interfaces?.includes(name) ?? true))
      .map((one) => {
        const common = { interface: one.name, department, asOf: null, tookMs: 0 };
        return one.down === true
          ? {
              ...common,
              state: 'MISSING',
              reason: `SOURCE_UNAVAILABLE: ${ERROR_CATALOGUE.SOURCE_UNAVAILABLE.message}`,
            }
          : { ...common, state: 'LIVE', reason: null, data: read(one) };
      });
  return {
    department,
    calls,
    interfaces: () => interfaces.map((one) => infoOf(department, one)),
    page: (request, _context) => {
      calls.push({ operation: 'page', request });
      return answer(request, (one) => pageOf(one, request));
    },
    tally: (request, _context) => {
      calls.push({ operation: 'tally', request });
      return answer(request, (one) => tallyOf(one, request));
    },
    freshness: async () =>
      interfaces.map(({ name }) => ({
        interface: name,
        department,
        state: 'LIVE',
        asOf: null,
        tookMs: 0,
        reason: null,
      })),
  };
}

function infoOf(department: string, one: ArrayInterface): InterfaceInfo {
  return {
    name: one.name,
    title: one.name,
    department,
    kind: one.kind,
    departments: one.departments ?? null,
    fields: fieldsOf(one),
    warnAfterSeconds: null,
    failAfterSeconds: null,
    lookupOnly: one.lookupOnly ?? false,
    ...(one.askedNumbers !== undefined && { askedNumbers: one.askedNumbers }),
    ...(one.matched !== undefined && { matched: one.matched }),
    ...(one.facet !== undefined && { facet: one.facet }),
    ...(one.rowFacet !== undefined && { rowFacet: one.rowFacet }),
  };
}

/** Those that it maps, and those that can be derived from them. */
function fieldsOf({ kind, fields }: ArrayInterface): readonly string[] {
  if (kind === null) return fields ?? [];
  const mapped = fields ?? fieldNamesOf(kind);
  const derived = Object.entries(declarationOf(kind).derived).filter(([, { requires }]) =>
    requires.every((field) => mapped.includes(field)),
  );
  return [...mapped, ...derived.map(([name]) => name)];
}

function pageOf(one: ArrayInterface, request: FeedPageRequest): FeedPage {
  const { after, limit } = request;
  const sortOf = (row: ArrayRow): readonly (string | null)[] =>
    request.orderBy.map(({ field }) => textOf(row.values[field] ?? null));
  const rows = one.rows
    .filter((row) => holds(one.kind, one.name, row, request.where))
    .map((row) => ({ row, place: { keys: sortOf(row), interface: one.name, key: row.key } }))
    .filter(({ place }) => after === undefined || comparePlaces(request, place, after) > 0)
    .sort((left, right) => comparePlaces(request, left.place, right.place));
  return {
    rows: rows.slice(0, limit).map(({ row, place }) => ({
      id: idOf(one.name, row),
      key: row.key,
      sort: place.keys,
      subject: row.subject,
      values: request.fields.map((field) =>
        fieldsOf(one).includes(field) ? readField(one.kind, row, field) : null,
      ),
      quality: [],
    })),
    complete: rows.length <= limit,
  };
}

/** The total order of `FeedPosition`, in the direction of reading. */
export function comparePlaces(
  { orderBy, reversed }: Pick<FeedPageRequest, 'orderBy' | 'reversed'>,
  left: FeedPosition,
  right: FeedPosition,
): number {
  const flip = reversed ? -1 : 1;
  for (const [index, { direction }] of orderBy.entries()) {
    const [a, b] = [left.keys[index] ?? null, right.keys[index] ?? null];
    if (a === b) continue;
    if (a === null) return flip;
    if (b === null) return -flip;
    return flip * (direction === 'asc' ? 1 : -1) * compareCodePoints(a, b);
  }
  const tie = flip * (orderBy[0]?.direction === 'desc' ? -1 : 1);
  const byName = compareCodePoints(left.interface, right.interface);
  return tie * (byName === 0 ? compareCodePoints(left.key.join('\0'), right.key.join('\0')) : byName);
}

function tallyOf(one: ArrayInterface, request: FeedTallyRequest): readonly FeedTally[] {
  const buckets = new Map<string, FeedTally>();
  for (const row of one.rows) {
    if (!holds(one.kind, one.name, row, request.where)) continue;
    const key = request.by.map((dimension) => dimensionOf(one, row, dimension));
    const measures = request.measures.map((wanted) => measure(numberOf(one, row, wanted), 1));
    const text = JSON.stringify(key);
    const before = buckets.get(text);
    buckets.set(text, {
      key,
      count: (before?.count ?? 0) + 1,
      measures: measures.map((now, index) => addMeasured(now, before?.measures[index])),
    });
  }
  return [...buckets.values()];
}

function dimensionOf(one: ArrayInterface, row: ArrayRow, dimension: FeedDimension): string | null {
  if ('subject' in dimension) return row.subject;
  if ('interface' in dimension) return one.name;
  if ('days' in dimension) return numberOf(one, row, dimension);
  const text = textOf(readField(one.kind, row, dimension.field));
  if (text === null || !('truncate' in dimension)) return text;
  switch (dimension.truncate) {
    case 'year':
      return text.slice(0, 4);
    case 'quarter':
      return `${text.slice(0, 4)}-Q${Math.ceil(Number(text.slice(5, 7)) / 3)}`;
    case 'month':
      return text.slice(0, 7);
    case 'week':
      return isoWeekOf(text.slice(0, 10));
    case 'day':
      return text.slice(0, 10);
  }
}

function numberOf(one: ArrayInterface, row: ArrayRow, wanted: FeedMeasure): string | null {
  if ('field' in wanted) return textOf(readField(one.kind, row, wanted.field));
  const [from, to] = [row.values[wanted.days.from], row.values[wanted.days.to]];
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  return String(daysBetween(from.slice(0, 10), to.slice(0, 10)));
}

function textOf(value: FieldValue): string | null {
  return value === null ? null : String(value);
}

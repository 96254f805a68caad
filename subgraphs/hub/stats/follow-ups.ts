import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPart, FeedTally } from '../../feed/feed.js';
import type { FollowUpDeclaration, LinkDeclaration } from '../../kinds/kind.js';
import { declarationOf, type RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { addDays, daysBetween } from '../../values/dates/calendar.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import { contributorsOf } from '../fan/can-contribute.js';
import type { Hub } from '../hub.js';

/** What tells what became of a row: its day, its department, and the numbers by which it names other rows. */
interface Origin {
  readonly day: string | null;
  readonly department: string | null;
  /** By field. */
  readonly numbers: ReadonlyMap<string, string | null>;
}

/** Rows of another kind that origins may have led to. */
export interface FollowUps {
  readonly parts: readonly FeedPart<readonly FeedTally[]>[];
  /** Whether one of them came of this origin. */
  follow(origin: Origin): boolean;
}

/** A follow-up of a kind, as a query wants it counted. */
export interface WantedFollowUp {
  readonly name: string;
  readonly declaration: FollowUpDeclaration;
  readonly link: LinkDeclaration;
  /** Days after the origin within which it counts; null: however late. */
  readonly withinDays: number | null;
}

/** Fields of a kind from which follow-ups are told, in a fixed order. */
export function originFieldsOf(kind: RowKind, wanted: readonly WantedFollowUp[]): readonly string[] {
  const { day } = declarationOf(kind);
  const numbers = wanted.flatMap(({ link }) => link.by.map(([from]) => from));
  return [...(day === null ? [] : [day]), 'department', ...new Set(numbers)];
}

/** Reads an origin from the texts of `originFieldsOf`. */
export function originOf(fields: readonly string[], texts: readonly (string | null)[]): Origin {
  const [day = null, department = null] = texts;
  return {
    day,
    department,
    numbers: new Map(fields.slice(2).map((name, index) => [name, texts[index + 2] ?? null])),
  };
}

interface FollowUp {
  readonly department: string | null;
  readonly day: string | null;
}

/**
 * Reads the rows that may have followed. One that is dated before its origin never followed from it.
 *
 * Numbers, departments and days of all of them are read at once. Looking them up number by number would make every
 * source compare every row with thousands of spellings; a span of days it finds by its index.
 */
export async function readFollowUps(
  hub: Hub,
  wanted: WantedFollowUp,
  origins: readonly Origin[],
  context: CallContext,
): Promise<FollowUps> {
  const { link, declaration, withinDays } = wanted;
  const span = spanOf(origins, link);
  if (span === null) return { parts: [], follow: () => false };
  const kind = link.to as RowKind;
  const numbers = [...new Set(link.by.map(([, to]) => to))];
  const where = whereFollowing(declaration.day, numbers, span, withinDays);
  const parts = await hub.fan.tally(
    {
      kind,
      where,
      by: [{ field: 'department' }, { field: declaration.day }, ...numbers.map((field) => ({ field }))],
      measures: [],
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const byNumber = indexByNumber(parts);
  return {
    parts,
    follow: ({ day, department, numbers: named }) => {
      const found = new Set(
        link.by.flatMap(([from]) => byNumber.get(normalised(named.get(from) ?? null) ?? '') ?? []),
      );
      const inTime = [...found].filter((one) => isInTime(day, one.day, withinDays));
      return isAttributable(inTime, department);
    },
  };
}

function whereFollowing(
  day: string,
  numbers: readonly string[],
  { first, last }: Span,
  withinDays: number | null,
): RowCondition {
  const named: RowCondition = { any: numbers.map((field) => ({ field, isNull: false })) };
  if (withinDays !== null)
    return { all: [{ field: day, from: first, to: addDays(last, withinDays) }, named] };
  const undated: RowCondition = { field: day, isNull: true };
  return { all: [{ any: [undated, { field: day, from: first }] }, named] };
}

/** Without a limit, a row whose day nobody knows may have followed. */
function isInTime(origin: string | null, day: string | null, withinDays: number | null): boolean {
  if (origin === null) return false;
  if (day === null) return withinDays === null;
  const days = daysBetween(origin, day);
  return days >= 0 && (withinDays === null || days <= withinDays);
}

interface Span {
  readonly first: string;
  readonly last: string;
}

/** First and last day of the origins that name something; null when none does. */
function spanOf(origins: readonly Origin[], { by }: LinkDeclaration): Span | null {
  const days = origins
    .filter(({ numbers }) => by.some(([from]) => (numbers.get(from) ?? null) !== null))
    .flatMap(({ day }) => day ?? [])
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

/** Rows of a number in any spelling. */
function indexByNumber(parts: FollowUps['parts']): ReadonlyMap<string, readonly FollowUp[]> {
  const rows = new Map<string, FollowUp[]>();
  for (const { key } of parts.flatMap(({ data }) => data ?? [])) {
    const [department = null, day = null, ...texts] = key;
    const followUp: FollowUp = { department, day };
    for (const number of new Set(texts.map(normalised))) {
      if (number === null) continue;
      const known = rows.get(number);
      if (known === undefined) rows.set(number, [followUp]);
      else known.push(followUp);
    }
  }
  return rows;
}

/**
 * Whether one of these rows, which bear the origin's number, is the origin's. Several departments that use one
 * number are a coincidence of numbers, unless one of them has the origin.
 */
function isAttributable(found: readonly FollowUp[], department: string | null): boolean {
  const departments = new Set(found.map((one) => one.department));
  return departments.size === 1 || (department !== null && departments.has(department));
}

function normalised(text: string | null): string | null {
  const number = text === null ? '' : normaliseDocumentNumber(text);
  return number === '' ? null : number;
}

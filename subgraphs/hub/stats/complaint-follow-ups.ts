import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedCondition, FeedPart, FeedTally } from '../../feed/feed.js';
import { addDays, daysBetween } from '../../values/dates/calendar.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import { contributorsOf } from '../fan/can-contribute.js';
import type { RowKind } from '../filter/filter-to-feed.js';
import type { Hub } from '../hub.js';

/** What tells what became of a complaint. */
export interface Complaint {
  readonly date: string | null;
  readonly department: string | null;
  readonly inspectionNumber: string | null;
  readonly caseNumber: string | null;
}

/** Rows of one kind that complaints may have led to. */
export interface FollowUps {
  readonly parts: readonly FeedPart<readonly FeedTally[]>[];
  /** Whether one of them came of this complaint. */
  follow(complaint: Complaint): boolean;
}

interface FollowUp {
  readonly department: string | null;
  readonly date: string | null;
}

/** Inspections that took place so many days after a complaint that names them, or earlier, but not before it. */
export async function inspectionsWithin(
  hub: Hub,
  complaints: readonly Complaint[],
  withinDays: number,
  context: CallContext,
): Promise<FollowUps> {
  const span = spanOf(complaints, ({ inspectionNumber }) => inspectionNumber);
  const where: FeedCondition | null = span && {
    all: [
      { field: 'date', from: span.first, to: addDays(span.last, withinDays) },
      { field: 'number', isNull: false },
    ],
  };
  const numbers = ['number'];
  const { parts, byNumber } = await readFollowUps(
    hub,
    { kind: 'Inspection', where, numbers, date: 'date' },
    context,
  );
  return {
    parts,
    follow: ({ inspectionNumber, department, date }) => {
      const inTime = byNumber(inspectionNumber).filter((one) => {
        if (one.date === null || date === null) return false;
        const days = daysBetween(date, one.date);
        return days >= 0 && days <= withinDays;
      });
      return isAttributable(inTime, department);
    },
  };
}

/** Cases that a complaint names and that were not filed before it; when some were filed is not known. */
export async function casesAfter(
  hub: Hub,
  complaints: readonly Complaint[],
  context: CallContext,
): Promise<FollowUps> {
  const span = spanOf(complaints, ({ caseNumber }) => caseNumber);
  const numbers = ['caseCode', 'decisionNo'];
  const where: FeedCondition | null = span && {
    all: [
      {
        any: [
          { field: 'filedAt', isNull: true },
          { field: 'filedAt', from: span.first },
        ],
      },
      { any: numbers.map((field) => ({ field, isNull: false })) },
    ],
  };
  const { parts, byNumber } = await readFollowUps(
    hub,
    { kind: 'Case', where, numbers, date: 'filedAt' },
    context,
  );
  return {
    parts,
    follow: ({ caseNumber, department, date }) => {
      const later = byNumber(caseNumber).filter(
        (one) => date !== null && (one.date === null || one.date >= date),
      );
      return isAttributable(later, department);
    },
  };
}

/** First and last day of the complaints that name something; null when none does. */
function spanOf(
  complaints: readonly Complaint[],
  numberOf: (complaint: Complaint) => string | null,
): { readonly first: string; readonly last: string } | null {
  const days = complaints
    .flatMap((complaint) => (numberOf(complaint) === null ? [] : (complaint.date ?? [])))
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

interface FollowUpRequest {
  readonly kind: RowKind;
  /** Null: none can be wanted. */
  readonly where: FeedCondition | null;
  /** Fields that hold a number by which a complaint may name the row. */
  readonly numbers: readonly string[];
  readonly date: string;
}

interface FollowUpIndex {
  readonly parts: FollowUps['parts'];
  /** Rows of a number in any spelling. */
  readonly byNumber: (text: string | null) => readonly FollowUp[];
}

/**
 * Numbers, departments and days of all rows that may have followed. Looking them up number by number would make every
 * source compare every row with thousands of spellings; a span of days it finds by its index.
 */
async function readFollowUps(
  hub: Hub,
  { kind, where, numbers, date }: FollowUpRequest,
  context: CallContext,
): Promise<FollowUpIndex> {
  if (where === null) return { parts: [], byNumber: () => [] };
  const parts = await hub.fan.tally(
    {
      kind,
      where,
      by: [{ field: 'department' }, { field: date }, ...numbers.map((field) => ({ field }))],
      sums: [],
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const rows = new Map<string, FollowUp[]>();
  for (const { key } of parts.flatMap(({ data }) => data ?? [])) {
    const [department = null, day = null, ...texts] = key;
    for (const number of new Set(texts.map(normalised))) {
      if (number === null) continue;
      const known = rows.get(number);
      if (known === undefined) rows.set(number, [{ department, date: day }]);
      else known.push({ department, date: day });
    }
  }
  return { parts, byNumber: (text) => rows.get(normalised(text) ?? '') ?? [] };
}

/**
 * Whether one of these rows, which bear the complaint's number, is the complaint's. Several departments that use one
 * number are a coincidence of numbers, unless one of them has the complaint.
 */
function isAttributable(found: readonly FollowUp[], department: string | null): boolean {
  const departments = new Set(found.map((one) => one.department));
  return departments.size === 1 || (department !== null && departments.has(department));
}

function normalised(text: string | null): string | null {
  const number = text === null ? '' : normaliseDocumentNumber(text);
  return number === '' ? null : number;
}

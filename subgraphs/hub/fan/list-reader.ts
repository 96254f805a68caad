import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedAge, FeedOrder, FeedPart, FeedPosition, FeedTally } from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { type InterfaceOutcome, isAbsent, outcomeOf } from '../../port/interface-outcome.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import type { FeedFan } from './feed-fan.js';
import type { SortedPart } from './merge-pages.js';
import { readUpTo, type WalkState } from './walk-state.js';

export interface CountRequest {
  readonly kind: Kind | null;
  readonly where: RowCondition;
  /** Interfaces that take part. */
  readonly interfaces: readonly string[];
  readonly age?: FeedAge;
}

export interface WalkRequest extends CountRequest {
  readonly orderBy: readonly FeedOrder[];
  /** Reads the reversed order, and `rows` come in that order. */
  readonly reversed: boolean;
  /** Places after which interfaces are read; absent: from the beginning. */
  readonly after?: WalkState;
  readonly limit: number;
  readonly fields: readonly string[];
}

export interface WalkPage {
  /** Of each interface that answered, up to one row more than `limit`, in the direction of reading. */
  readonly parts: readonly SortedPart[];
  readonly outcomes: readonly InterfaceOutcome[];
}

export interface RowCount {
  readonly outcomes: readonly (InterfaceOutcome & { readonly counted: number })[];
}

/** Reads the rows of all departments. */
export interface ListReader {
  /** `mergeParts` makes one list of the parts. */
  page(request: WalkRequest, context: CallContext): Promise<WalkPage>;
  count(request: CountRequest, context: CallContext): Promise<RowCount>;
}

/** Rows that the interfaces which answered have; null when none of those asked did. */
export function totalCounted({ outcomes }: RowCount): number | null {
  if (outcomes.length > 0 && outcomes.every(isAbsent)) return null;
  return sum(outcomes.map(({ counted }) => counted));
}

export function createListReader(fan: FeedFan): ListReader {
  return {
    page: async ({ after, ...request }, context) => {
      // One more than wanted tells whether anything follows; no interface can contribute more than that.
      const limit = request.limit + 1;
      const read = await Promise.all(
        groupByPlace(request.interfaces, after).map(({ interfaces, place }) =>
          fan.page({ ...request, interfaces, limit, ...(place !== null && { after: place }) }, context),
        ),
      );
      const parts = read.flat().sort((left, right) => compareCodePoints(left.interface, right.interface));
      return {
        parts: parts.flatMap(({ interface: name, data }) =>
          data === undefined ? [] : [{ interface: name, rows: data.rows }],
        ),
        outcomes: parts.map(outcomeOf),
      };
    },
    count: async (request, context) => {
      const parts = await fan.tally({ ...request, by: [], measures: [] }, context);
      return { outcomes: parts.map((part) => ({ ...outcomeOf(part), counted: countOf(part) })) };
    },
  };
}

interface PlaceGroup {
  readonly interfaces: readonly string[];
  readonly place: FeedPosition | null;
}

/** Interfaces that are read from the same place are asked together. */
function groupByPlace(interfaces: readonly string[], after: WalkState | undefined): readonly PlaceGroup[] {
  if (after === undefined) return [{ interfaces, place: null }];
  const groups = new Map<string, { interfaces: string[]; place: FeedPosition | null }>();
  for (const name of interfaces) {
    const place = readUpTo(after, name);
    const key = JSON.stringify(place);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { interfaces: [name], place });
    else known.interfaces.push(name);
  }
  return [...groups.values()];
}

/** Rows that a part's tally counted. */
export function countOf({ data }: FeedPart<readonly FeedTally[]>): number {
  return sum((data ?? []).map(({ count }) => count));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

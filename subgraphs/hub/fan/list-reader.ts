import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedOrder, FeedPart, FeedPosition, FeedTally } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import type { FeedFan } from './feed-fan.js';
import { type MergedRow, mergeParts } from './merge-pages.js';
import { compilePlaceOrder } from './sort-rows.js';

export interface CountRequest {
  readonly kind: RowKind;
  readonly where: RowCondition;
  /** Interfaces that take part. */
  readonly interfaces: readonly string[];
}

export interface WalkRequest extends CountRequest {
  readonly orderBy: readonly FeedOrder[];
  /** Reads the reversed order, and `rows` come in that order. */
  readonly reversed: boolean;
  readonly after?: FeedPosition;
  readonly limit: number;
  readonly fields: readonly string[];
}

export interface WalkPage {
  /** At most `limit`, in the direction of reading. */
  readonly rows: readonly MergedRow[];
  /** At least one row follows. */
  readonly more: boolean;
  readonly outcomes: readonly InterfaceOutcome[];
  /** Interfaces that answered. */
  readonly answered: readonly string[];
}

export interface RowCount {
  /** Of the interfaces that answered; null when none of those asked did. */
  readonly total: number | null;
  readonly outcomes: readonly (InterfaceOutcome & { readonly counted: number })[];
}

/** Reads the rows of all departments as one list. */
export interface ListReader {
  page(request: WalkRequest, context: CallContext): Promise<WalkPage>;
  count(request: CountRequest, context: CallContext): Promise<RowCount>;
}

export function createListReader(fan: FeedFan): ListReader {
  return {
    page: async (request, context) => {
      // One more than wanted tells whether anything follows; no interface can contribute more than that.
      const parts = await fan.page({ ...request, limit: request.limit + 1 }, context);
      const answered = parts.flatMap(({ interface: name, data }) =>
        data === undefined ? [] : [{ interface: name, rows: data.rows }],
      );
      const order = compilePlaceOrder(request.kind, request.orderBy, request.reversed);
      const merged = mergeParts(answered, order, request.limit + 1);
      return {
        rows: merged.slice(0, request.limit),
        more: merged.length > request.limit,
        outcomes: parts.map(outcomeOf),
        answered: answered.map((part) => part.interface),
      };
    },
    count: async (request, context) => {
      const parts = await fan.tally({ ...request, by: [], measures: [] }, context);
      const isUnknown = parts.length > 0 && parts.every(({ data }) => data === undefined);
      return {
        total: isUnknown ? null : sum(parts.map(countOf)),
        outcomes: parts.map((part) => ({ ...outcomeOf(part), counted: countOf(part) })),
      };
    },
  };
}

/** A part without its data. */
export function outcomeOf(part: InterfaceOutcome): InterfaceOutcome {
  const { interface: name, department, state, asOf, tookMs, reason } = part;
  return { interface: name, department, state, asOf, tookMs, reason };
}

/** Rows that a part's tally counted. */
export function countOf({ data }: FeedPart<readonly FeedTally[]>): number {
  return sum((data ?? []).map(({ count }) => count));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

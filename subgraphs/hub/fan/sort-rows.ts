import type { FeedOrder } from '../../feed/feed.js';
import { comparisonOf } from '../../kinds/field.js';
import { fieldOf, type Kind } from '../../kinds/kinds.js';
import { compareCodePoints, compareSortTexts } from '../../values/texts/sort-text.js';

/** Where a row stands, except for its place within its interface. */
interface SortPlace {
  readonly sort: readonly (string | null)[];
  readonly interface: string;
}

/** Compares rows of different interfaces in the direction of reading. */
export type ComparePlaces = (left: SortPlace, right: SortPlace) => number;

/**
 * The total order over interfaces: order keys, then interface. Rows of one interface are never compared: how
 * its keys sort is known to that interface alone, and it delivers them in order.
 */
export function compilePlaceOrder(
  kind: Kind,
  orderBy: readonly FeedOrder[],
  reversed: boolean,
): ComparePlaces {
  const sign = (direction: 'asc' | 'desc'): 1 | -1 => ((direction === 'asc') === reversed ? -1 : 1);
  const tie = sign(orderBy[0]?.direction ?? 'asc');
  const nullsLast = reversed ? -1 : 1;
  const orders = orderBy.map(({ field, direction }) => {
    return { sign: sign(direction), compare: comparisonOf(fieldOf(kind, field)?.type) };
  });
  return (left, right) => {
    for (const [index, order] of orders.entries()) {
      const [a, b] = [left.sort[index] ?? null, right.sort[index] ?? null];
      if (a === b) continue;
      if (a === null) return nullsLast;
      if (b === null) return -nullsLast;
      const result = order.sign * compareSortTexts(a, b, order.compare);
      if (result !== 0) return result;
    }
    return tie * compareCodePoints(left.interface, right.interface);
  };
}

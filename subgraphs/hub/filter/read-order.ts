import type { FeedOrder } from '../../feed/feed.js';
import { declarationOf, type Kind } from '../../kinds/kinds.js';
import { badInput } from './bad-input.js';

type OrderInput = readonly Readonly<Record<string, unknown>>[] | null | undefined;

/** @throws BAD_USER_INPUT on an item with none or several fields, an empty list, or a field named twice. */
export function readOrder(kind: Kind, orderBy: OrderInput): readonly FeedOrder[] {
  return orderBy === null || orderBy === undefined ? declarationOf(kind).order : readOrderItems(orderBy);
}

export function readOrderItems(orderBy: NonNullable<OrderInput>): readonly FeedOrder[] {
  if (orderBy.length === 0) throw badInput('orderBy', '不能为空列表。', 'must not be an empty list.');
  const seen = new Set<string>();
  return orderBy.map((item, index) => {
    const path = `orderBy[${index}]`;
    const [field, direction, ...others] = Object.entries(item)
      .filter(([, value]) => value !== null && value !== undefined)
      .flat();
    if (typeof field !== 'string' || others.length > 0) {
      throw badInput(path, '每项恰写一个字段。', 'must have exactly one field.');
    }
    if (seen.has(field)) throw badInput(path, `字段 ${field} 重复。`, `must not name ${field} again.`);
    seen.add(field);
    return { field, direction: direction === 'DESC' ? 'desc' : 'asc' };
  });
}

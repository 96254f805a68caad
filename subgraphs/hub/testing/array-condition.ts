import { overdueAmount } from '../../engine/read/where/unpaid.js';
import type { FeedCondition } from '../../feed/feed.js';
import { CANONICAL, type Kind } from '../../kinds/canonical.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { createWorkingDays } from '../../values/dates/working-days.js';
import { compareDecimals } from '../../values/numbers/decimal.js';
import { satisfies } from '../../values/satisfies.js';

/** One row of an interface that is held in memory. */
export interface ArrayRow {
  readonly key: readonly string[];
  readonly subject: string | null;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Evaluates a filter as the port documents it. */
export function holds(kind: Kind, interfaceName: string, row: ArrayRow, where: FeedCondition): boolean {
  const value = (field: string): FieldValue => row.values[field] ?? null;
  if ('all' in where) return where.all.every((part) => holds(kind, interfaceName, row, part));
  if ('any' in where) return where.any.some((part) => holds(kind, interfaceName, row, part));
  if ('not' in where) return !holds(kind, interfaceName, row, where.not);
  if ('subject' in where) return row.subject !== null && where.subject.includes(row.subject);
  if ('ids' in where) return where.ids.includes(idOf(interfaceName, row));
  if ('interface' in where) return where.interface.includes(interfaceName);
  if ('unpaidOn' in where) {
    return compareDecimals(overdueAmount(new Map(Object.entries(row.values)), where.unpaidOn), '0') > 0;
  }
  if ('late' in where) {
    const { [where.late.from]: from = null, [where.late.to]: to = null } = row.values;
    const days = createWorkingDays(where.late.exceptions);
    const limit = typeof from === 'string' ? days.limitOf(from, where.late.workingDays) : null;
    return limit !== null && limit < where.late.on && (typeof to !== 'string' || to > limit);
  }
  const type = CANONICAL[kind][where.field]?.type;
  const comparison = { compare: type === 'Decimal' ? 'number' : 'text' } as const;
  if ('isNull' in where) return satisfies(value(where.field), { op: 'isNull' }, comparison) === where.isNull;
  if ('in' in where) return satisfies(value(where.field), { op: 'in', values: where.in }, comparison);
  if ('contains' in where) {
    return satisfies(value(where.field), { op: 'contains', text: where.contains }, comparison);
  }
  if ('sameNumber' in where) {
    return satisfies(value(where.field), { op: 'sameNumber', text: where.sameNumber }, comparison);
  }
  const { field, ...range } = where;
  return satisfies(value(field), { op: 'range', ...range }, comparison);
}

export function idOf(interfaceName: string, row: ArrayRow): string {
  return `${interfaceName}:${row.key.join(':')}`;
}

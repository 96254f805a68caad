import { comparisonOf } from '../../kinds/field.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { derivedOf, fieldOf, type Kind } from '../../kinds/kinds.js';
import { type FieldCondition, foldCondition, type RowCondition } from '../../kinds/row-condition.js';
import { satisfies } from '../../values/satisfies.js';
import { PRESENT } from './test-present.js';

/** One row of an interface that is held in memory. */
export interface ArrayRow {
  readonly key: readonly string[];
  readonly subject: string | null;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Evaluates a filter as the port documents it. */
export function holds(kind: Kind | null, interfaceName: string, row: ArrayRow, where: RowCondition): boolean {
  return foldCondition<boolean>(where, {
    all: (parts) => parts.every(Boolean),
    any: (parts) => parts.some(Boolean),
    not: (part) => !part,
    field: (leaf) =>
      fieldHolds(readField(kind, row, leaf.field), leaf, comparisonOf(fieldOf(kind, leaf.field)?.type)),
    subject: (keys) => row.subject !== null && keys.includes(row.subject),
    ids: (ids) => ids.includes(idOf(interfaceName, row)),
    interface: (names) => names.includes(interfaceName),
    newerThan: (marks) => marks.some((one) => one.interface === interfaceName),
  });
}

function fieldHolds(value: FieldValue, leaf: FieldCondition, compare: 'number' | 'text'): boolean {
  if ('isNull' in leaf) return satisfies(value, { op: 'isNull' }, { compare }) === leaf.isNull;
  if ('in' in leaf) return satisfies(value, { op: 'in', values: leaf.in }, { compare });
  if ('contains' in leaf) return satisfies(value, { op: 'contains', text: leaf.contains }, { compare });
  if ('startsWith' in leaf) return satisfies(value, { op: 'startsWith', text: leaf.startsWith }, { compare });
  if ('sameNumber' in leaf) return satisfies(value, { op: 'sameNumber', text: leaf.sameNumber }, { compare });
  const { field: _field, ...range } = leaf;
  return satisfies(value, { op: 'range', ...range }, { compare });
}

/** What a row says of a field, derived ones included; a derived one is null where the row lacks what it requires. */
export function readField(kind: Kind | null, row: ArrayRow, field: string): FieldValue {
  const derived = derivedOf(kind, field);
  if (derived === undefined) return row.values[field] ?? null;
  return derived.value(new Map(Object.entries(row.values)), PRESENT);
}

export function idOf(interfaceName: string, row: ArrayRow): string {
  return `${interfaceName}:${row.key.join(':')}`;
}

import { comparisonOf } from '../../../kinds/field.js';
import type { FieldValue } from '../../../kinds/field-value.js';
import { fieldOf } from '../../../kinds/kinds.js';
import type { FieldCondition } from '../../../kinds/row-condition.js';
import type { FieldMappingType } from '../../../values/field-mapping.js';
import { satisfies } from '../../../values/satisfies.js';
import type { CellPredicate } from '../../../values/value-codec.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';

/** The predicate that a leaf states; for `isNull: false` the caller takes the opposite of it. */
export function toPredicate(leaf: FieldCondition): CellPredicate {
  if ('in' in leaf) return { op: 'in', values: leaf.in };
  if ('isNull' in leaf) return { op: 'isNull' };
  if ('contains' in leaf) return { op: 'contains', text: leaf.contains };
  if ('sameNumber' in leaf) return { op: 'sameNumber', text: leaf.sameNumber };
  if ('startsWith' in leaf) return { op: 'startsWith', text: leaf.startsWith };
  return {
    op: 'range',
    ...(leaf.from !== undefined && { from: leaf.from }),
    ...(leaf.to !== undefined && { to: leaf.to }),
  };
}

/** Whether a leaf asks for the opposite of its predicate. */
export function isNegated(leaf: FieldCondition): boolean {
  return 'isNull' in leaf && !leaf.isNull;
}

/** Whether a decoded value of a field satisfies a predicate. */
export function valueSatisfies(
  compiled: CompiledInterface,
  field: string,
  value: FieldValue,
  predicate: CellPredicate,
): boolean {
  return satisfies(value, predicate, { compare: comparisonOfField(compiled, field) });
}

/** How values of a field compare: of the kind's as it declares, of a facet's as the mapping says. */
export function comparisonOfField({ kind, mapping }: CompiledInterface, name: string): 'number' | 'text' {
  const declared = fieldOf(kind, name);
  if (declared !== undefined) return comparisonOf(declared.type);
  return NUMBERS.includes(mapping.fields.get(name)?.type) ? 'number' : 'text';
}

const NUMBERS: readonly (FieldMappingType | undefined)[] = ['Decimal', 'Integer', 'Longitude', 'Latitude'];

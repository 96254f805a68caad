import type { ClosedSeasons } from '../values/dates/closed-seasons.js';
import type { WorkingDays } from '../values/dates/working-days.js';
import type { FieldDeclaration } from './field.js';
import type { FieldValue } from './field-value.js';
import type { FieldCondition, RowCondition } from './row-condition.js';

/** What words such as "expired" are relative to. */
export interface Present {
  /** The county's calendar day, `yyyy-MM-dd`. */
  readonly today: string;
  readonly workingDays: WorkingDays;
  readonly closedSeasons: ClosedSeasons;
}

/** Values of one row by field; a field that the row's interface does not map is absent. */
export type RowValues = ReadonlyMap<string, FieldValue>;

/** What is known of a derived field's value without computing it. */
export interface Narrowed {
  /** Holds for every row whose value satisfies the comparison. */
  readonly condition: RowCondition;
  /** Holds for no other row. */
  readonly exact: boolean;
}

/** A field that no source holds: its value is computed from others of the same row. */
export interface DerivedDeclaration<Field extends string = string>
  extends Pick<FieldDeclaration, 'type' | 'enum' | 'words' | 'level'> {
  readonly inputs: readonly Field[];
  /** Inputs without which nothing can be told: where an interface does not map all of them, the value is null. */
  readonly requires: readonly Field[];
  /** The exact value; null: it cannot be told. */
  value(values: RowValues, present: Present): FieldValue;
  /** What a source can be asked for a comparison with the value. Null, or absent: nothing, every row is looked at. */
  narrow?(comparison: FieldCondition, present: Present): Narrowed | null;
}

/** A text value, or null: how derived values read dates, codes and amounts. */
export function textOf(values: RowValues, field: string): string | null {
  const value = values.get(field);
  return typeof value === 'string' ? value : null;
}

/** Whether a comparison asks for true, the one thing that a flag's condition can be pushed for. */
export function asksForTrue(comparison: FieldCondition): boolean {
  return 'in' in comparison && comparison.in.length > 0 && comparison.in.every((value) => value === true);
}

import type { Present } from '../../../kinds/derived.js';
import type { FieldValue } from '../../../kinds/field-value.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';

/** Fields to read, and what is computed from them afterwards. */
interface PlannedFields {
  /** Mapped fields, the inputs of derived ones included. */
  readonly read: readonly string[];
  /** Adds the derived values to those that were read. */
  derive(values: Map<string, FieldValue>): void;
}

/** Splits wanted fields into those that a row holds and those that are derived from them. */
export function planFields(
  compiled: CompiledInterface,
  wanted: readonly string[],
  today: string,
): PlannedFields {
  const derived = wanted.flatMap((name) => {
    const declaration = compiled.derived.get(name);
    return declaration === undefined ? [] : [{ name, declaration }];
  });
  const read = new Set(wanted.filter((name) => !compiled.derived.has(name)));
  for (const { declaration } of derived) for (const input of declaration.inputs) read.add(input);
  const present = presentOf(compiled, today);
  return {
    read: [...read],
    derive: (values) => {
      for (const { name, declaration } of derived) values.set(name, declaration.value(values, present));
    },
  };
}

/** What derived fields of an interface are relative to. */
export function presentOf({ environment }: CompiledInterface, today: string): Present {
  const { workingDays, closedSeasons } = environment;
  return { today, workingDays, closedSeasons };
}

import { SourceTooLarge } from '../../../../adapters/source-error.js';
import type { Present } from '../../../kinds/derived.js';
import { conjunctsOf, foldCondition, type RowCondition } from '../../../kinds/row-condition.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { pushWhere } from './push-where.js';

/**
 * Refuses a filter that gives none of those which the mapping `requires`. A look-up by key needs none.
 *
 * @throws {SourceTooLarge} naming the filters, before the source is called.
 */
export function checkRequired(compiled: CompiledInterface, where: RowCondition, present: Present): void {
  if (!lacksRequired(compiled, where, present)) return;
  const { mapping, required } = compiled;
  throw new SourceTooLarge(
    `Cannot ask the source of ${mapping.interface}: the filter must be by one of ${required.join(', ')}, but is by none that the source is asked by`,
    { filterBy: required },
  );
}

/** Whether a filter gives none of those that the mapping requires, or none by which the source itself can be asked. */
export function lacksRequired(compiled: CompiledInterface, where: RowCondition, present: Present): boolean {
  const { requires } = compiled.mapping;
  if (requires === undefined) return false;
  const names = new Set(requires.names);
  return !conjunctsOf(where).some(
    (conjunct) =>
      narrows(conjunct, names) && pushWhere(compiled, conjunct, present).condition.kind !== 'always',
  );
}

/** Whether every row that a filter lets through is one that a required filter, or the key, names. */
function narrows(where: RowCondition, names: ReadonlySet<string>): boolean {
  return foldCondition<boolean>(where, {
    all: (parts) => parts.includes(true),
    any: (parts) => !parts.includes(false),
    not: () => false,
    field: (leaf) => names.has(leaf.field) && !('isNull' in leaf),
    subject: () => names.has('subject'),
    ids: () => true,
    interface: () => false,
    newerThan: () => false,
  });
}

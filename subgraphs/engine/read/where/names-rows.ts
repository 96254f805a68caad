import { holdsFor, type RowCondition } from '../../../kinds/row-condition.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';

/** Whether a filter names subjects, rows or what changed of late, so that few rows of the interface match. */
export function namesRows({ mapping }: CompiledInterface, where: RowCondition): boolean {
  return holdsFor(
    where,
    (part) =>
      'subject' in part ||
      'ids' in part ||
      'newerThan' in part ||
      ('interface' in part && !part.interface.includes(mapping.interface)),
  );
}

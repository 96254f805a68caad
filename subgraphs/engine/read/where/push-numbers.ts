import { NEVER } from '../../../../adapters/condition.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { leavesOf, type RowCondition } from '../../../kinds/row-condition.js';
import { presentOf } from '../row/compile-derived.js';
import type { InterfaceRows } from '../served-interface.js';
import { conjunctsOf, type PushedWhere, pushWhere } from './push-where.js';
import { spellNumbers } from './spell-numbers.js';

/**
 * As `pushWhere`, with the spellings of many numbers looked up at the source first: among the rows that the rest of the
 * filter leaves, which are few where the index of numbers knows them.
 */
export async function pushSpelt(
  one: InterfaceRows,
  where: RowCondition,
  context: CallContext,
): Promise<PushedWhere> {
  const { compiled } = one;
  const present = presentOf(compiled, context.today);
  const beside = conjunctsOf(where).filter((part) => !leavesOf(part).some((leaf) => 'sameNumber' in leaf));
  const { condition: within } = pushWhere(compiled, { all: beside }, present);
  if (within.kind === 'never') return { condition: NEVER, residual: null };
  return pushWhere(compiled, where, present, await spellNumbers(one, where, within, context));
}

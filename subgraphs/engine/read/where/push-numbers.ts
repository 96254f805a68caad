import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { RowCondition } from '../../../kinds/row-condition.js';
import { presentOf } from '../row/compile-derived.js';
import type { InterfaceRows } from '../served-interface.js';
import { type PushedWhere, pushWhere } from './push-where.js';
import { checkRequired } from './required-filter.js';
import { NONE_SPELT, spellNumbers } from './spell-numbers.js';

/**
 * As `pushWhere`, with the spellings of many numbers looked up at the source first.
 *
 * @throws {SourceTooLarge} where the mapping requires a filter that is not given.
 */
export async function pushSpelt(
  one: InterfaceRows,
  where: RowCondition,
  context: CallContext,
): Promise<PushedWhere> {
  const { compiled } = one;
  const present = presentOf(compiled, context.today);
  const pushed = pushWhere(compiled, where, present);
  if (pushed.condition.kind === 'never') return pushed;
  checkRequired(compiled, where, present);
  const spelt = await spellNumbers(one, where, context);
  return spelt === NONE_SPELT ? pushed : pushWhere(compiled, where, present, spelt);
}

import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { Hands } from '../../port/hands.js';
import { badInput } from '../filter/bad-input.js';

const LONGEST_TEXT = 200;

/** @param hands null: nothing can be changed through this process. @throws FORBIDDEN */
export function requireHands(hands: Hands | null, { caller }: Pick<CallContext, 'caller'>): Hands {
  if (hands === null || !hands.may(caller)) throw publicError('FORBIDDEN');
  return hands;
}

/** What somebody says that is recorded. @throws BAD_USER_INPUT */
export function readReason(argument: string, text: string): string {
  const said = text.trim();
  if (said !== '' && said.length <= LONGEST_TEXT) return said;
  throw badInput(
    argument,
    `须写明，至多 ${LONGEST_TEXT} 字。`,
    `must say why or what, in at most ${LONGEST_TEXT} characters.`,
  );
}

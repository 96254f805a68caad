import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import type { Hands } from './hands.js';

/** @param hands null: nothing can be changed through this process. @throws FORBIDDEN */
export function requireHands(hands: Hands | null, { caller }: Pick<CallContext, 'caller'>): Hands {
  if (hands?.may(caller) === true) return hands;
  throw publicError('FORBIDDEN', hands?.closed ?? undefined);
}

import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import { noteError } from '../../port/answer-notes.js';
import type { HandDone } from '../../port/hands.js';

/** Says at a mutation that other machines do not know of it; it was done all the same. */
export function noteReach(
  { reach }: HandDone,
  interfaceName: string,
  context: CallContext,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): void {
  if (reach === 'ALL') return;
  noteError(
    context,
    publicError('HANDS_NOT_SHARED', `${interfaceName}。`, { path: responsePathAsArray(path) }),
  );
}

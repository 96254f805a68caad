import type { CallContext } from '../../runtime/call/call-context.js';
import { callerKey } from '../../runtime/call/caller.js';
import { stringifyExact } from '../../runtime/json/exact-json.js';
import { type AccessRules, EVERYTHING_ALLOWED } from '../access/authorise/access-rules.js';
import type { OperationRequest } from './executor.js';

/** Whatever may change the answer, the caller first; null for variables that are nested too deep to be compared. */
export function answerKey(
  request: OperationRequest,
  { caller, today }: Pick<CallContext, 'caller' | 'today'>,
  { key }: Pick<AccessRules, 'key'> = EVERYTHING_ALLOWED,
): string | null {
  const { documentId, operationName = '', variables } = request;
  try {
    return String(stringifyExact([callerKey(caller), key, today, documentId, operationName, variables]));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

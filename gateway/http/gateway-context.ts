import type { CallContext } from '../../runtime/call/call-context.js';
import type { AccessRules } from '../access/authorise/access-rules.js';

/** What one GraphQL request carries through Apollo Server. */
export interface GatewayContext {
  readonly call: CallContext;
  readonly rules: AccessRules;
  /** `performance.now()` when the request's head had arrived. */
  readonly receivedAt: number;
}

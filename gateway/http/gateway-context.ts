import type { CallContext } from '../../runtime/call/call-context.js';

/** What one GraphQL request carries through Apollo Server. */
export interface GatewayContext {
  readonly call: CallContext;
  /** `performance.now()` when the request's head had arrived. */
  readonly receivedAt: number;
}

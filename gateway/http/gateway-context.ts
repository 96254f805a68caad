import type { OpenCall } from '../../runtime/call/open-call.js';
import type { Asking } from '../execute/executor.js';

/** What one GraphQL request carries through Apollo Server. */
export interface GatewayContext {
  readonly call: OpenCall;
  readonly asking: Asking;
  /** `performance.now()` when the request's head had arrived. */
  readonly receivedAt: number;
  /** What the operation was estimated to cost, once that was told; null: nobody asked. */
  cost(): number | null;
  /** Tells the caller what his operation was estimated to cost. @param cost absent: nobody asked. */
  tellCost(cost: number | undefined): void;
}

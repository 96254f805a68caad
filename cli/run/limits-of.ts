import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import type { RequestLimits } from '../../gateway/http/request-limits.js';

/** What the gateway is told of its settings. */
export function limitsOf({
  deadline,
  exports: { patienceMs, atOnce },
  limits,
  costs,
}: GatewaySettings): RequestLimits {
  return { ...limits, costs, deadline, exportPatienceMs: patienceMs, exportsAtOnce: atOnce };
}

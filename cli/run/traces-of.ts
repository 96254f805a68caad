import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import type { Metrics } from '../../gateway/observe/metrics.js';
import type { Traces } from '../../gateway/observe/traces/open-traces.js';

/** The traces that the settings ask for; undefined: none. The library is loaded for them alone. */
export async function tracesOf(
  { traces }: Pick<GatewaySettings, 'traces'>,
  { requests }: Pick<Metrics, 'requests'>,
): Promise<Traces | undefined> {
  if (traces === null) return undefined;
  const { openTraces } = await import('../../gateway/observe/traces/open-traces.js');
  return openTraces(traces, requests.spans);
}

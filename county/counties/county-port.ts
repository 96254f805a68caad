import { endingAt } from '../../runtime/call/call-context.js';
import { createGate } from '../../runtime/call/gate.js';
import { publicError } from '../../runtime/errors.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import type { CountySettings } from '../config/counties-settings.js';

/** Kept back of what is left of a request, so that a county that hangs is told as such, beside the others' rows. */
const RESERVE_MS = 200;

/** The way to a county, within its limits: so many messages at a time, and so long each. */
export function limitCountyPort(
  port: SubgraphPort,
  { timeoutMs, places }: Pick<CountySettings, 'timeoutMs' | 'places'>,
): SubgraphPort {
  const gate = createGate(places);
  return {
    ...port,
    execute: async (request, context) => {
      const most = timeoutMs === null ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
      const bounded = endingAt(context, Math.min(most, context.deadline - RESERVE_MS));
      const leave = await gate.enter(bounded);
      if (leave === null) return { errors: [publicError('COUNTY_TIMEOUT')] };
      try {
        return await port.execute(request, bounded);
      } finally {
        leave();
      }
    },
  };
}

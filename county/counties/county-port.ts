import { createBreaker, type Verdict } from '../../runtime/call/breaker.js';
import { type CallContext, endingAt, remainingMs } from '../../runtime/call/call-context.js';
import { createGate } from '../../runtime/call/gate.js';
import { publicError } from '../../runtime/errors.js';
import type { SubgraphPort, SubgraphResult } from '../../subgraphs/port/subgraph-port.js';
import type { CountySettings } from '../config/counties-settings.js';

/** Kept back of what is left of a request, so that a county that hangs is told as such, beside the others' rows. */
const RESERVE_MS = 200;
/** Who had less time than this says nothing of the county by not being answered in it. */
const FAIR_MS = 1000;

/**
 * The way to a county, within its limits: so many messages at a time, and so long each. One that keeps failing is asked
 * again after a pause of a few seconds, and gives nothing meanwhile: nobody waits for a county that hangs.
 */
export function limitCountyPort(
  port: SubgraphPort,
  { timeoutMs, places }: Pick<CountySettings, 'timeoutMs' | 'places'>,
): SubgraphPort {
  const gate = createGate(places);
  const breaker = createBreaker();
  return {
    ...port,
    execute: async (request, context) => {
      const most = timeoutMs === null ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
      const bounded = endingAt(context, Math.min(most, context.deadline - RESERVE_MS));
      const leave = await gate.enter(bounded);
      if (leave === null) return { errors: [publicError('COUNTY_TIMEOUT')] };
      try {
        if (breaker.pauseMs() > 0 || breaker.trial() !== null) {
          return { errors: [publicError('COUNTY_UNAVAILABLE')] };
        }
        const isFair = remainingMs(bounded) >= FAIR_MS;
        return await breaker.run(
          () => refuseFailure(port, request, bounded),
          (error) => judge(error, isFair),
        );
      } catch (error) {
        if (error instanceof CountyFailed) return error.result;
        throw error;
      } finally {
        leave();
      }
    },
  };
}

/** No answer came from the county. */
class CountyFailed extends Error {
  constructor(
    readonly result: SubgraphResult,
    readonly code: unknown,
  ) {
    super('Cannot read a county: it must answer, but does not');
  }
}

/** @throws {CountyFailed} */
async function refuseFailure(
  port: SubgraphPort,
  request: Parameters<SubgraphPort['execute']>[0],
  context: CallContext,
): Promise<SubgraphResult> {
  const result = await port.execute(request, context);
  const code = result.errors?.[0]?.extensions?.code;
  if (code === 'SUBGRAPH_UNAVAILABLE' || code === 'SUBGRAPH_TIMEOUT') throw new CountyFailed(result, code);
  return result;
}

function judge(error: unknown, isFair: boolean): Verdict {
  if (!(error instanceof CountyFailed)) return 'unknown';
  return error.code === 'SUBGRAPH_UNAVAILABLE' || isFair ? 'down' : 'unknown';
}

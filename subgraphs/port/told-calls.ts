import { z } from 'zod';
import type { RequestTrail, TrailCall } from '../../runtime/call/request-trail.js';

/** A gateway asks with it for the source calls of its request; what it is answered is no part of what its caller gets. */
export const TELL_CALLS_HEADER = 'x-tell-calls';
/** Member of `extensions` that holds them. */
export const CALLS_EXTENSION = 'calls';

/** Calls to sources that a subgraph on another machine made for a request. */
export interface ToldCalls {
  /** `startMs` counts from when the subgraph had the request. */
  readonly calls: readonly TrailCall[];
  /** How many are left out. */
  readonly omitted: number;
}

/** More are not believed, whatever a subgraph tells. */
const MOST_CALLS = 200;
const milliseconds = z.number().min(0).max(3_600_000);
const count = z.int().min(0);

const callForm = z.object({
  interface: z.string().regex(/^[\w.-]{1,120}$/),
  operation: z.enum(['read', 'tally', 'describe']),
  origin: z.enum(['SOURCE', 'SHARED', 'SNAPSHOT']),
  startMs: milliseconds,
  tookMs: milliseconds,
  rows: count,
  outcome: z.string().regex(/^(?:ok|[A-Z][A-Z_]{1,40})$/),
  retries: count,
});
const toldForm = z.object({ calls: z.array(z.unknown()), omitted: count });

/** What a subgraph tells of a request; null: nothing was called. */
export function tellCalls({ calls, omitted }: RequestTrail): ToldCalls | null {
  return calls.length + omitted === 0 ? null : { calls, omitted };
}

/** What a subgraph told; whatever is no such thing is left out. */
export function decodeCalls(said: unknown): ToldCalls | null {
  const told = toldForm.safeParse(said);
  if (!told.success) return null;
  const { calls, omitted } = told.data;
  const taken = calls.slice(0, MOST_CALLS).flatMap((call) => callForm.safeParse(call).data ?? []);
  return { calls: taken, omitted: omitted + calls.length - taken.length };
}

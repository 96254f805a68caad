import { randomBytes } from 'node:crypto';
import type { TraceMark } from '../../../runtime/call/request-trail.js';

/** `00-<trace>-<span>-<flags>` of W3C Trace Context, level 1; later versions may add to it. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
const SAMPLED = 1;
const LONGEST = 512;

/**
 * The place of a request in a trace: the caller's own, whose decision to record it holds, or a new one.
 *
 * @param ratio share of traces that are recorded where the caller decides nothing, from 0 to 1.
 */
export function markRequest(header: string | readonly string[] | undefined, ratio: number): TraceMark {
  const spanId = randomBytes(8).toString('hex');
  const found = typeof header === 'string' && header.length <= LONGEST ? TRACEPARENT.exec(header) : null;
  const [, traceId = NO_TRACE, parentId = NO_SPAN, flags = '00'] = found ?? [];
  if (traceId !== NO_TRACE && parentId !== NO_SPAN) {
    return { traceId, spanId, parentId, isRecorded: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
  }
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId,
    parentId: null,
    isRecorded: Math.random() < ratio,
  };
}

/** What a subgraph is told: what it does is part of the request. */
export function formatTraceparent({ traceId, spanId, isRecorded }: TraceMark): string {
  return `00-${traceId}-${spanId}-${isRecorded ? '01' : '00'}`;
}

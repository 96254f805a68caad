import { LRUCache } from 'lru-cache';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import type { RequestTrail } from '../../runtime/call/request-trail.js';
import type { Clock } from '../../runtime/clock.js';
import type { RequestReport } from '../../subgraphs/port/request-report.js';
import type { RequestEvent } from './gateway-observer.js';

/** Bytes of what is remembered of usual requests, and of those that failed, lacked something or were slow. */
const USUAL_BYTES = 10 * 1024 * 1024;
const NOTABLE_BYTES = 6 * 1024 * 1024;
/** From here on a request is slow. */
const SLOW_MS = 1000;
/** Callers choose ids themselves: so many requests of one id are remembered, the newest first. */
const SAME_ID = 3;

/** Measured with `v8.serialize` and heap snapshots, rounded up: of a request, a step, a call, and an interface of its answer. */
const BYTES = { request: 900, step: 160, call: 240, interface: 240 } as const;

interface Noted {
  readonly event: RequestEvent;
  /** Milliseconds since the epoch by the county's clock. */
  readonly endedAt: number;
  /** As long as it was when the request ended: what comes after that is not looked at. */
  readonly steps: number;
  readonly calls: number;
}

/** The last requests that this process answered, in a bounded memory. */
export interface RequestBook {
  /** Takes what is at hand; it is put into words when somebody asks for it. */
  note(event: RequestEvent): void;
  /** @param isFor by the name of whoever asked. */
  find(id: string, isFor: (caller: string) => boolean): RequestReport | null;
}

export function createRequestBook(clock: Pick<Clock, 'now'>): RequestBook {
  const usual = cacheOf(USUAL_BYTES);
  const notable = cacheOf(NOTABLE_BYTES);
  return {
    note: (event) => {
      const { requestId: id, trail } = event;
      const noted: Noted = {
        event,
        endedAt: clock.now().getTime(),
        steps: trail?.steps.length ?? 0,
        calls: trail?.calls.length ?? 0,
      };
      const cache = isNotable(event) ? notable : usual;
      const before = cache.peek(id);
      cache.set(id, before === undefined ? [noted] : [noted, ...before].slice(0, SAME_ID));
    },
    find: (id, isFor) => {
      const found = [...(usual.peek(id) ?? []), ...(notable.peek(id) ?? [])]
        .filter(({ event }) => isFor(event.caller ?? ANONYMOUS.name))
        .sort((left, right) => right.endedAt - left.endedAt);
      return found[0] === undefined ? null : reportOf(found[0]);
    },
  };
}

function cacheOf(maxSize: number): LRUCache<string, readonly Noted[]> {
  return new LRUCache({
    maxSize,
    sizeCalculation: (all) => all.reduce((bytes, noted) => bytes + bytesOf(noted), 0),
  });
}

function isNotable({ outcome, tookMs, missing }: RequestEvent): boolean {
  return outcome === 'failed' || outcome === 'partial' || missing.length > 0 || tookMs >= SLOW_MS;
}

function bytesOf({ event: { trail, errorCodes }, steps, calls }: Noted): number {
  const interfaces = trail?.answer?.coverage.length ?? 0;
  return (
    BYTES.request +
    16 * errorCodes.length +
    BYTES.step * steps +
    BYTES.call * calls +
    BYTES.interface * interfaces
  );
}

const OUTCOMES = { ok: 'OK', partial: 'PARTIAL', failed: 'FAILED', refused: 'REFUSED' } as const;

function reportOf({ event, endedAt, steps, calls }: Noted): RequestReport {
  const { trail } = event;
  return {
    id: event.requestId,
    at: endedAt - event.tookMs,
    memory: 'MEMORY',
    caller: event.caller,
    role: event.role,
    operation: event.operationName,
    registered: event.registeredName,
    outcome: OUTCOMES[event.outcome],
    errors: [...new Set(event.errorCodes)],
    cost: event.cost,
    tookMs: event.tookMs,
    ...describeTrail(trail, steps, calls),
  };
}

function describeTrail(trail: RequestTrail | undefined, steps: number, calls: number) {
  const { documentHash = null, level = null, masks = [], coverage = [] } = trail?.answer ?? {};
  return {
    documentHash,
    origin: trail?.origin ?? null,
    level,
    masks,
    planMs: trail?.planMs ?? null,
    steps: trail?.steps.slice(0, steps).sort((left, right) => left.startMs - right.startMs) ?? null,
    calls: trail?.calls.slice(0, calls) ?? null,
    omitted: trail?.omitted ?? 0,
    coverage,
  };
}

import { ANONYMOUS } from '../../runtime/call/caller.js';
import { micros } from '../../runtime/call/request-trail.js';
import type { Clock } from '../../runtime/clock.js';
import { LineRing } from '../../runtime/line-ring.js';
import type { RequestReport } from '../../subgraphs/port/request-report.js';
import type { RequestEvent } from './gateway-observer.js';

/** Bytes of what is remembered of usual requests, and of those that failed, lacked something or were slow. */
const USUAL_BYTES = 10 * 1024 * 1024;
const NOTABLE_BYTES = 6 * 1024 * 1024;
/** From here on a request is slow. */
const SLOW_MS = 1000;

/** The last requests that this process answered, in a bounded memory. */
export interface RequestBook {
  note(event: RequestEvent): void;
  /** The newest one of that id: callers choose ids themselves. @param isFor by the name of whoever asked. */
  find(id: string, isFor: (caller: string) => boolean): RequestReport | null;
}

/** Requests are kept as lines: as objects they would make each collection of garbage longer (decision 50). */
export function createRequestBook(clock: Pick<Clock, 'now'>): RequestBook {
  const usual = new LineRing(USUAL_BYTES);
  const notable = new LineRing(NOTABLE_BYTES);
  return {
    note: (event) => {
      const ring = isNotable(event) ? notable : usual;
      ring.write(JSON.stringify(reportOf(event, clock.now().getTime())));
    },
    find: (id, isFor) => {
      const beginning = `{"id":${JSON.stringify(id)},`;
      const found = [...usual.linesWith(beginning), ...notable.linesWith(beginning)]
        .map((line) => JSON.parse(line) as RequestReport)
        .filter(({ caller }) => isFor(caller ?? ANONYMOUS.name))
        .sort((left, right) => right.at - left.at);
      return found[0] ?? null;
    },
  };
}

function isNotable({ outcome, tookMs, missing }: RequestEvent): boolean {
  return outcome === 'failed' || outcome === 'partial' || missing.length > 0 || tookMs >= SLOW_MS;
}

const OUTCOMES = { ok: 'OK', partial: 'PARTIAL', failed: 'FAILED', refused: 'REFUSED' } as const;

function reportOf(event: RequestEvent, endedAt: number): RequestReport {
  const { trail } = event;
  const { documentHash = null, level = null, masks = [], coverage = [] } = trail?.answer ?? {};
  return {
    // First: it is looked for by that.
    id: event.requestId,
    at: Math.round(endedAt - event.tookMs),
    memory: 'MEMORY',
    caller: event.caller,
    role: event.role,
    operation: event.operationName,
    registered: event.registeredName,
    outcome: OUTCOMES[event.outcome],
    errors: event.errorCodes.length === 0 ? [] : [...new Set(event.errorCodes)],
    cost: event.cost,
    tookMs: micros(event.tookMs),
    documentHash,
    origin: trail?.origin ?? null,
    level,
    masks,
    planMs: trail?.planMs ?? null,
    steps: trail?.steps.toSorted((left, right) => left.startMs - right.startMs) ?? null,
    calls: trail?.calls ?? null,
    omitted: trail?.omitted ?? 0,
    coverage,
  };
}

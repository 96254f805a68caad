import type { BlockedTimes } from '../../runtime/blocked-times.js';
import type { Clock } from '../../runtime/clock.js';
import type { SourceObserver, SourceState, WatchedSource } from '../../subgraphs/port/source-observer.js';

/** What the engine tells of calls to sources, as far as interfaces are judged by it. */
export interface CallsSeen {
  /** An observer that is told the same. */
  watching(observer: SourceObserver): SourceObserver;
  /** Null: it has no source. */
  sourceOf(interfaceName: string): SourceState | null;
  /** Seconds that the calls of the last quarter of an hour took which were answered. */
  tookSeconds(interfaceName: string): readonly number[];
}

/** A query could not have an interface. */
export interface MetFailure {
  readonly interface: string;
  readonly code: string;
  readonly requestId: string;
}

const WINDOW_MS = 15 * 60_000;
/** Calls that are remembered of each interface: the newest tell how it is. */
const MOST_CALLS = 200;

/** @param blocked when this thread did not listen: how long a call took meanwhile says nothing of its source. */
export function createCallsSeen(
  clock: Clock,
  blocked: Pick<BlockedTimes, 'within'>,
  onFailure: (failure: MetFailure) => void,
): CallsSeen {
  const sources = new Map<string, WatchedSource>();
  const calls = new Map<string, { readonly at: number; readonly seconds: number }[]>();
  return {
    watching: (observer) => ({
      ...observer,
      watch: (source) => {
        observer.watch(source);
        sources.set(source.interface, source);
      },
      sourceCall: (event) => {
        observer.sourceCall(event);
        if (event.outcome !== 'ok' || blocked.within(event.tookMs)) return;
        const known = calls.get(event.interface) ?? [];
        calls.set(event.interface, known);
        known.push({ at: clock.now().getTime(), seconds: event.tookMs / 1000 });
        if (known.length > MOST_CALLS) known.shift();
      },
      failure: (event) => {
        observer.failure(event);
        const { outcome, requestId } = event;
        const code = codeOfReason(outcome.reason);
        if (code !== null) onFailure({ interface: outcome.interface, code, requestId });
      },
    }),
    sourceOf: (name) => sources.get(name)?.state() ?? null,
    tookSeconds: (name) => {
      const since = clock.now().getTime() - WINDOW_MS;
      return (calls.get(name) ?? []).filter(({ at }) => at >= since).map(({ seconds }) => seconds);
    },
  };
}

/** The code that a reason begins with, of `runtime/errors.ts`; null: it has none. */
export function codeOfReason(reason: string | null): string | null {
  return /^[A-Z_]+(?=:)/.exec(reason ?? '')?.[0] ?? null;
}

import type { SourceAdapter } from '../../../../adapters/source-adapter.js';
import { SourceError } from '../../../../adapters/source-error.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../../runtime/call/caller.js';
import { type Clock, systemClock } from '../../../../runtime/clock.js';
import type { Pauses } from '../../../port/hands.js';
import { type SourceState, UNOBSERVED } from '../../../port/source-observer.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';
import { createSourceCalls, type SourceCalls } from '../source-calls.js';

type Limits = InterfaceMapping['limits'];

/** Calls to an adapter, and what their observer was told. */
interface RecordedCalls {
  readonly calls: SourceCalls;
  /** `retry`, `shared`, or the reason of a refusal. */
  readonly events: readonly string[];
  state(): SourceState;
}

const LIMITS: Limits = {
  keysPerCall: 500,
  callPrice: 10,
  concurrent: 4,
  timeoutMs: 15_000,
  maxRowsScanned: 1000,
  maxBytes: 100_000,
  quiet: [],
  retries: 1,
  breaker: true,
};

export function recordCalls(
  adapter: SourceAdapter,
  limits: Partial<Limits>,
  clock: Clock = systemClock,
  monotonicMs?: () => number,
  pauses?: Pauses,
): RecordedCalls {
  const events: string[] = [];
  let state: (() => SourceState) | null = null;
  const observer = {
    ...UNOBSERVED,
    watch: (source: { state(): SourceState }) => {
      state = () => source.state();
    },
    retry: () => events.push('retry'),
    shared: () => events.push('shared'),
    refusal: ({ reason }: { reason: string }) => events.push(reason),
  };
  const mapping = { interface: 'test.rows', limits: { ...LIMITS, ...limits } };
  const environment = { observer, clock, ...(pauses !== undefined && { pauses }) };
  const calls = createSourceCalls({ adapter, mapping, environment }, monotonicMs);
  return {
    calls,
    events,
    state: () => {
      if (state === null) throw new Error('nothing was watched');
      return state();
    },
  };
}

export function contextOf(budgetMs: number, signal = new AbortController().signal): CallContext {
  return {
    requestId: 'test',
    caller: ANONYMOUS,
    signal,
    deadline: Date.now() + budgetMs,
    today: '2026-06-30',
  };
}

/** `ok`, or the code of the failure with its detail where it has one. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.detail === undefined ? error.code : `${error.code} ${error.detail}`;
  }
}

/** How often each text occurs. */
export function countEach(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

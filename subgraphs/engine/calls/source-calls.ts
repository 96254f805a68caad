import { serialize } from 'node:v8';
import { DateTime } from 'luxon';
import type {
  CallBounds,
  ReadRequest,
  SourceAdapter,
  SourceShape,
  TallyGroup,
  TallyRequest,
} from '../../../adapters/source-adapter.js';
import { SourceError, SourceTimeout } from '../../../adapters/source-error.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { callerKey } from '../../../runtime/call/caller.js';
import { createSharedCalls, type SharedCalls } from '../../../runtime/call/shared-calls.js';
import { msLeft, type Waiter, WaiterLeft } from '../../../runtime/call/waiter.js';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { QuotaUse } from '../../port/source-observer.js';
import type { EngineEnvironment } from '../compile/compiled-interface.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { createDayCounts } from './day-counts.js';
import { type CallNote, noteCall } from './note-call.js';
import { requireCallable } from './require-serving.js';
import { createSourceGuard, type SourceGuard } from './source-guard.js';

/**
 * Time kept back so that an answer about a late source still reaches its caller in time: more than the hub
 * keeps back (100 ms) before it gives up on the department as a whole.
 */
const MARGIN_MS = 200;

/**
 * Calls to one interface's source: bounded in time, size and number, guarded by its limits, and observed. The same
 * call of one caller at the same time is sent once; its answer belongs to all who wait for it and must not be changed.
 */
export interface SourceCalls {
  read(request: ReadRequest, context: CallContext): Promise<readonly SourceRow[]>;
  tally(request: TallyRequest, context: CallContext): Promise<readonly TallyGroup[]>;
  /** The columns that the source has, or shows in a sample of its rows. */
  describe(object: string, context: CallContext): Promise<SourceShape>;
  /** A sentence for callers, Chinese first, while the source is paused or must not be asked; null when all is well. */
  trouble(): string | null;
  /** How much of the source's quotas is used up; empty: it has none. */
  quotas(): readonly QuotaUse[];
}

/** An interface as far as calling its source goes. */
interface CalledInterface {
  readonly adapter: SourceAdapter;
  readonly mapping: Pick<InterfaceMapping, 'interface' | 'limits'> & {
    readonly observe?: Pick<InterfaceMapping['observe'], 'expires'>;
  };
  readonly environment: Pick<EngineEnvironment, 'observer' | 'clock' | 'dayCounts' | 'callBook' | 'pauses'>;
}

/** @param monotonicMs a clock that nobody sets, in milliseconds. */
export function createSourceCalls(
  called: CalledInterface,
  monotonicMs: () => number = () => performance.now(),
): SourceCalls {
  const { adapter, mapping, environment } = called;
  const { observer, clock, dayCounts = createDayCounts(), callBook } = environment;
  const guard = createSourceGuard(mapping, {
    observer,
    clock,
    monotonicMs,
    dayCounts,
    ...(callBook !== undefined && isCounted(called) && { callBook }),
    breakerClosedAt: () => environment.pauses?.breakerClosedAt(mapping.interface) ?? null,
  });
  const onJoin = (): void => observer.shared({ interface: mapping.interface });
  const expires = mapping.observe?.expires;
  const credentialsEndAt = expires === undefined ? null : endOfDay(expires);
  const reads = createSharedCalls<readonly SourceRow[]>(onJoin);
  const tallies = createSharedCalls<readonly TallyGroup[]>(onJoin);
  observer.watch({
    interface: mapping.interface,
    state: () => {
      const {
        clockSkewMs = null,
        secretEndsAt = null,
        certificateEndsAt = null,
        notice,
      } = adapter.stats?.() ?? {};
      return {
        ...guard.state(),
        clockSkewMs,
        secretEndsAt,
        certificateEndsAt,
        credentialsEndAt,
        hasNotice: notice !== undefined,
      };
    },
  });
  return {
    read: (request, context) =>
      noteCall(context, { interface: mapping.interface, operation: 'read', origin: 'SHARED' }, (note) =>
        join(reads, request, context, (waiter) =>
          observed(called, 'read', () =>
            guarded(called, guard, { ...waiter, note }, (bounds) =>
              adapter.read(request, { ...bounds, ...purposeOf(context) }),
            ),
          ),
        ),
      ),
    tally: (request, context) =>
      noteCall(context, { interface: mapping.interface, operation: 'tally', origin: 'SHARED' }, (note) =>
        join(tallies, request, context, (waiter) =>
          observed(called, 'tally', () =>
            guarded(called, guard, { ...waiter, note }, (bounds) =>
              adapter.tally(request, { ...bounds, ...purposeOf(context) }),
            ),
          ),
        ),
      ),
    describe: async (object, { signal, deadline, lane = 'interactive' }) => {
      const waiter = { signal, deadline: deadline - MARGIN_MS, lane };
      return observed(called, 'describe', () =>
        guarded(called, guard, waiter, (bounds) => adapter.describe(object, bounds)),
      );
    },
    trouble: () => guard.trouble(),
    quotas: () => guard.state().quotas,
  };
}

/** A database has places for each who calls it; a platform counts calls, whoever makes them. */
function isCounted({ adapter, mapping: { limits } }: CalledInterface): boolean {
  return limits.perMinute !== undefined || limits.perDay !== undefined || adapter.capabilities.exchanges;
}

/** All who share a call name the same. */
function purposeOf({ caller: { purpose } }: CallContext): Pick<CallBounds, 'purpose'> {
  return purpose === undefined ? {} : { purpose };
}

async function join<T>(
  calls: SharedCalls<T>,
  request: ReadRequest | TallyRequest,
  context: CallContext,
  send: (waiter: Waiter) => Promise<T>,
): Promise<T> {
  // Unlike JSON this tells bigint, bytes and the numbers that are none apart.
  const { caller, lane = 'interactive' } = context;
  const key = `${callerKey(caller)}\n${lane}\n${serialize(request).toString('latin1')}`;
  try {
    return await calls.join(
      key,
      { signal: context.signal, deadline: context.deadline - MARGIN_MS },
      (waiter) => send({ ...waiter, lane }),
    );
  } catch (error) {
    if (!(error instanceof WaiterLeft)) throw error;
    throw new SourceTimeout('Cannot wait for the source: it must answer before the deadline, but did not', {
      cause: error,
    });
  }
}

/** Until when a call is of use, and where it is noted by whom it was begun. */
type NotedWaiter = Waiter & { readonly note?: CallNote };

/** Sends a call through the guard: exchange by exchange where the adapter makes several, else as a whole. */
async function guarded<T>(
  called: CalledInterface,
  guard: SourceGuard,
  waiter: NotedWaiter,
  send: (bounds: CallBounds) => Promise<T>,
): Promise<T> {
  requireCallable(called);
  const { adapter, mapping } = called;
  const { note } = waiter;
  if (note !== undefined) note.origin = 'SOURCE';
  const onRetry = (): void => {
    if (note !== undefined) note.retries += 1;
  };
  const { timeoutMs, maxBytes, maxRowsScanned: maxRows } = mapping.limits;
  const bounds = { signal: waiter.signal, maxBytes, maxRows };
  if (adapter.capabilities.exchanges) {
    return send({
      ...bounds,
      timeoutMs,
      guard: async (exchange) => {
        requireCallable(called);
        return guard.run(waiter, exchange, onRetry);
      },
    });
  }
  return guard.run(
    waiter,
    () => send({ ...bounds, timeoutMs: Math.max(1, Math.min(timeoutMs, msLeft(waiter))) }),
    onRetry,
  );
}

async function observed<T>(
  { mapping, environment }: CalledInterface,
  operation: 'read' | 'tally' | 'describe',
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const observe = (outcome: string, rows: number): void =>
    environment.observer.sourceCall({
      interface: mapping.interface,
      operation,
      outcome,
      tookMs: performance.now() - started,
      rows,
    });
  try {
    const answer = await work();
    observe('ok', Array.isArray(answer) ? answer.length : 0);
    return answer;
  } catch (error) {
    observe(error instanceof SourceError ? error.code : 'INTERNAL', 0);
    throw error;
  }
}

/** @param day `yyyy-MM-dd` of the county. */
function endOfDay(day: string): Date {
  return DateTime.fromISO(day, { zone: COUNTY_ZONE }).plus({ days: 1 }).toJSDate();
}

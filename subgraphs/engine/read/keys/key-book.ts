import { setTimeout as delay } from 'node:timers/promises';
import { describeKeys } from '../../../../adapters/describe-keys.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../../runtime/call/caller.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import type { InterfaceRows } from '../served-interface.js';
import { type KeyFaults, promiseOf, readKeyFaults } from './key-faults.js';

/** What is known of the keys of every interface, so that answers say which rows they cannot show. */
export interface KeyBook {
  /** A sentence for callers, Chinese first: how many rows lists leave out, or may leave out; null: none. */
  noticeOf(compiled: CompiledInterface): string | null;
  /**
   * Looks at the keys where that is due: before the first answer, and every hour beside the others. Waits for a while
   * at most, and never fails.
   */
  look(served: InterfaceRows, context: CallContext): Promise<void>;
}

interface Entry {
  readonly faults: KeyFaults | null;
  readonly looking: Promise<void> | null;
  /** Milliseconds of the monotonic clock. */
  readonly dueAt: number;
}

const EVERY_MS = 3_600_000;
/** A source that could not be looked at is left alone for so long. */
const AGAIN_MS = 60_000;
/** An answer waits no longer than this for what is to be said of its keys. */
const PATIENCE_MS = 1000;
/** Counting may take longer than answering, but not for ever. */
const LOOK_MS = 10_000;

export function createKeyBook(): KeyBook {
  const entries = new Map<string, Entry>();

  const start = (served: InterfaceRows, context: CallContext, known: KeyFaults | null): Promise<void> => {
    const name = served.compiled.mapping.interface;
    const settle = (faults: KeyFaults | null, waitMs: number): void => {
      entries.set(name, { faults, looking: null, dueAt: performance.now() + waitMs });
    };
    // Whoever asked first may leave; the others still want to know.
    const own = {
      ...context,
      // What is told of the keys holds for all of them.
      caller: ANONYMOUS,
      signal: new AbortController().signal,
      deadline: Date.now() + LOOK_MS,
    };
    const looking = lookAtKeys(served, own).then(
      (faults) => settle(faults, EVERY_MS),
      () => settle(known, AGAIN_MS),
    );
    entries.set(name, { faults: known, looking, dueAt: performance.now() + LOOK_MS });
    return looking;
  };

  return {
    noticeOf: ({ mapping }) => sentenceOf(entries.get(mapping.interface)?.faults ?? null),
    look: async (served, context) => {
      const { compiled } = served;
      // The rows of endpoints are looked at as they come; what is looked up by key or filter has no list to leave rows out of.
      if (!compiled.adapter.capabilities.tallies || !compiled.isListed) return;
      const entry = entries.get(compiled.mapping.interface);
      if (entry !== undefined && entry.looking === null && performance.now() < entry.dueAt) return;
      const looking = entry?.looking ?? start(served, context, entry?.faults ?? null);
      if ((entry?.faults ?? null) !== null) return;
      const over = new AbortController();
      const patience = delay(PATIENCE_MS, undefined, { signal: over.signal, ref: false });
      await Promise.race([looking, patience.catch(() => undefined)]);
      over.abort();
    },
  };
}

async function lookAtKeys(served: InterfaceRows, context: CallContext): Promise<KeyFaults> {
  const { adapter, from, mapping } = served.compiled;
  const { timeoutMs, maxBytes } = mapping.limits;
  const shape = await adapter.describe(from.name, { signal: context.signal, timeoutMs, maxBytes });
  return readKeyFaults(served, promiseOf(served.compiled, shape), context);
}

function sentenceOf(faults: KeyFaults | null): string | null {
  return faults === null ? null : describeKeys(faults.keyless, faults.repeatedRows, faults.repeatedKeys);
}

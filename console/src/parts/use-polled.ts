import { useCallback, useEffect, useState } from 'react';
import { ask, Refused, Unanswered } from '../ask.js';
import type { Operation } from '../queries/forms.js';

/** What was got last, however long ago, and why there is nothing newer. */
export interface Polled<Data> {
  readonly data: Data | null;
  /** When, by this machine; epoch milliseconds. */
  readonly at: number;
  /** Null: the last answer was good. */
  readonly failure: string | null;
}

const NOTHING = { data: null, at: 0, failure: null };

/**
 * Asks now and again, and at once when the variables change. While nothing comes, what was got last stays: whoever asks about
 * something else is to have another `key`.
 *
 * @param onRefused told when whoever sits before the page is not let in.
 */
export function usePolled<Data>(
  operation: Operation<Data>,
  variables: Readonly<Record<string, unknown>>,
  { everyMs, onRefused }: { readonly everyMs: number; readonly onRefused: (why: Refused['why']) => void },
): Polled<Data> {
  const asked = JSON.stringify(variables);
  const [polled, setPolled] = useState<Polled<Data>>(NOTHING);
  const look = useCallback(
    async (signal: AbortSignal) => {
      try {
        const data = await ask(operation, JSON.parse(asked), signal);
        if (!signal.aborted) setPolled({ data, at: Date.now(), failure: null });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused) onRefused(error.why);
        else if (error instanceof Unanswered) setPolled((before) => ({ ...before, failure: error.message }));
        else throw error;
      }
    },
    [operation, asked, onRefused],
  );
  useEffect(() => {
    const stop = new AbortController();
    void look(stop.signal);
    const timer = setInterval(() => void look(stop.signal), everyMs);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [look, everyMs]);
  return polled;
}

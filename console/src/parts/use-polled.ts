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

/** What is asked now and again. */
interface Polling<Data> extends Polled<Data> {
  /** Asks now, besides. */
  readonly again: () => void;
}

/** After a failure it is tried again so soon. */
const AGAIN_MS = 5000;
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
): Polling<Data> {
  const asked = JSON.stringify(variables);
  const [polled, setPolled] = useState<Polled<Data>>(NOTHING);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  /** Resolves with whether there was an answer. */
  const look = useCallback(
    async (signal: AbortSignal): Promise<boolean> => {
      try {
        const data = await ask(operation, JSON.parse(asked), signal);
        if (!signal.aborted) setPolled({ data, at: Date.now(), failure: null });
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (error instanceof Refused) onRefused(error.why);
        else if (error instanceof Unanswered) setPolled((before) => ({ ...before, failure: error.message }));
        else throw error;
        return false;
      }
    },
    [operation, asked, onRefused],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round begins anew
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = async (): Promise<void> => {
      const isAnswered = await look(stop.signal);
      if (!stop.signal.aborted) timer = setTimeout(goOn, isAnswered ? everyMs : AGAIN_MS);
    };
    void goOn();
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [look, everyMs, round]);
  return { ...polled, again };
}

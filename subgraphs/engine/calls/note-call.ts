import { SourceError } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { CallOrigin, TrailCall } from '../../../runtime/call/request-trail.js';

/** What is found out of a call while it runs. */
export interface CallNote {
  origin: CallOrigin;
  retries: number;
}

/** Notes a call in the trail of the request that makes it, if there is one. */
export async function noteCall<T>(
  { trail }: Pick<CallContext, 'trail'>,
  called: Pick<TrailCall, 'interface' | 'operation'> & { readonly origin: CallOrigin },
  work: (note: CallNote) => Promise<T>,
): Promise<T> {
  const note: CallNote = { origin: called.origin, retries: 0 };
  if (trail === undefined) return work(note);
  const started = performance.now();
  const end = (outcome: string, rows: number): void => {
    const { interface: name, operation } = called;
    trail.call(started, { interface: name, operation, ...note, rows, outcome });
  };
  try {
    const answer = await work(note);
    end('ok', Array.isArray(answer) ? answer.length : 0);
    return answer;
  } catch (error) {
    end(error instanceof SourceError ? error.code : 'INTERNAL', 0);
    throw error;
  }
}

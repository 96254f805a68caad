import { briefText } from '../../runtime/brief-text.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import type { Logger } from './logger.js';

/** A line in the log when an interface's state changes, and none while it stays as it is. */
export interface StateLog {
  /**
   * @param requestId of the request, or of the look, that found it so.
   * @param error what the source said, for the log alone.
   */
  found(outcome: InterfaceOutcome, requestId: string, error?: unknown): void;
  /** An observer that logs failures as well. */
  watching(observer: SourceObserver): SourceObserver;
}

export function createStateLog(logger: Logger): StateLog {
  const known = new Map<string, string>();
  const log: StateLog = {
    watching: (observer) => ({
      ...observer,
      failure: (event) => {
        observer.failure(event);
        log.found(event.outcome, event.requestId, event.error);
      },
    }),
    found: ({ interface: name, department, state, asOf, reason }, requestId, error) => {
      const now = `${state} ${causeOf(reason)}`;
      const before = known.get(name) ?? 'LIVE ';
      known.set(name, now);
      if (now === before) return;
      const isWell = now === 'LIVE ';
      const line = { interface: name, department, state, asOf, reason, requestId };
      if (isWell) logger.info(line, 'interface well again');
      else logger.warn({ ...line, ...saidBy(error) }, 'interface state changed');
    },
  };
  return log;
}

/** Characters of what a source said. */
const MAX_SAID = 2000;

/** The code of a reason, or that there is one: its numbers and times change while the cause stays. */
function causeOf(reason: string | null): string {
  return reason === null ? '' : (/^[A-Z_]+(?=:)/.exec(reason)?.[0] ?? 'notice');
}

function saidBy(error: unknown): { readonly said?: string } {
  return error instanceof Error ? { said: briefText(error.message, MAX_SAID) } : {};
}

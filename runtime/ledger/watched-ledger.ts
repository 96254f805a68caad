import { createBreaker } from '../call/breaker.js';

/** Whoever is asked what all processes count together. */
interface AskedLedger<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  /** Longer than it takes when all is well. Milliseconds. */
  readonly patienceMs: number;
}

/** A ledger that may be away, and that nobody waits for twice. */
export interface WatchedLedger<Question, Answer> {
  /** Whether it answered when it was last asked. */
  isUp(): boolean;
  /** Whether the next question is the one that shows if it is back. */
  isTrialDue(): boolean;
  /** @returns null, after its patience at the latest, when it does not answer; at once while it is away. Never fails. */
  ask(question: Question): Promise<Answer | null>;
}

const PARTS = 4;

/** @param onChange told at first, and when it changes: that it is away and why, or that it answers (null). */
export function watchLedger<Question, Answer>(
  ledger: AskedLedger<Question, Answer>,
  onChange: (away: Error | null) => void,
): WatchedLedger<Question, Answer> {
  const breaker = createBreaker({ opens: 'after-one' });
  let wasUp: boolean | null = null;
  const tell = (away: Error | null): void => {
    const isUp = !breaker.isOpen();
    if (isUp === wasUp) return;
    wasUp = isUp;
    onChange(isUp ? null : away);
  };
  return {
    isUp: () => !breaker.isOpen(),
    isTrialDue: () => breaker.isOpen() && breaker.pauseMs() === 0 && breaker.trial() === null,
    ask: async (question) => {
      if (breaker.pauseMs() > 0 || breaker.trial() !== null) return null;
      try {
        const answer = await breaker.run(
          () => inTime(ledger.ask(question), ledger.patienceMs),
          () => 'down',
        );
        tell(null);
        return answer;
      } catch (error) {
        tell(error instanceof Error ? error : new Error(String(error)));
        return null;
      }
    },
  };
}

/** @throws {LedgerSilent} */
function inTime<Answer>(answer: Promise<Answer>, patienceMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let patience: NodeJS.Timeout;
    // In parts: a process that was busy for long has neither sent nor read, which is not the ledger's fault.
    const wait = (parts: number): void => {
      patience = setTimeout(() => {
        if (parts > 1) wait(parts - 1);
        else reject(new LedgerSilent(patienceMs));
      }, patienceMs / PARTS);
    };
    wait(PARTS);
    answer.then(resolve, reject).finally(() => clearTimeout(patience));
  });
}

class LedgerSilent extends Error {
  override readonly name = 'LedgerSilent';

  constructor(patienceMs: number) {
    super(`Cannot wait for the ledger: it must answer within ${patienceMs} ms, but did not`);
  }
}

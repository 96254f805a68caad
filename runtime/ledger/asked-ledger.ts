import { z } from 'zod';
import type { LedgerAnswer, LedgerQuestion, QuotaLedger } from './quota-ledger.js';

const count = z.number().min(0);
const whole = z.int().min(0);

const questionGrammar = z.strictObject({
  holder: z.string().min(1),
  turn: whole,
  claims: z.array(
    z.strictObject({
      account: z.string(),
      limits: z.strictObject({ rate: z.number().positive(), burst: whole, concurrent: whole }),
      tokens: whole,
      returned: whole,
      places: whole,
      running: whole,
      waiting: whole,
      ahead: whole,
    }),
  ),
});

const answerGrammar = z.strictObject({
  grants: z.array(
    z.strictObject({
      stands: z.boolean(),
      tokens: whole,
      places: whole,
      tokenInMs: count,
      held: whole,
      spare: whole,
    }),
  ),
});

/** Carries a question, which is plain JSON, to whoever answers it with `answerLedger`. */
export type AskLedger = (question: LedgerQuestion) => Promise<unknown>;

/** A process of the same machine that is there answers, however busy that is. */
const PATIENCE_MS = 2000;

/** A ledger of another process, such as the keeper of workers. */
export function createAskedLedger(ask: AskLedger): QuotaLedger {
  return {
    ask: async (question) => decodeAnswer(await ask(question), question),
    patienceMs: PATIENCE_MS,
    close: () => Promise.resolve(),
  };
}

/**
 * Answers what `createAskedLedger` asks. The answer is plain JSON.
 *
 * @throws {z.ZodError} on what is no question.
 */
export function answerLedger(ledger: QuotaLedger, asked: unknown): Promise<LedgerAnswer> {
  return ledger.ask(questionGrammar.parse(asked));
}

/** @throws {Error} on what is no answer to the question. */
export function decodeAnswer(said: unknown, { claims }: LedgerQuestion): LedgerAnswer {
  const answer = answerGrammar.parse(said);
  if (answer.grants.length === claims.length) return answer;
  throw new Error(
    `Cannot read the ledger's answer: it must have ${claims.length} grants, but has ${answer.grants.length}`,
  );
}

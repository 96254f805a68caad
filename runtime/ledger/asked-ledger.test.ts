import { answerLedger, createAskedLedger } from './asked-ledger.js';
import { createLocalLedger } from './local-ledger.js';
import { claimOf } from './testing/claims.js';
import { describeLedger } from './testing/describe-ledger.js';

/** As messages between processes are carried. */
function carry<T>(message: T): unknown {
  return JSON.parse(JSON.stringify(message));
}

describeLedger('a ledger of another process', async () => {
  const kept = createLocalLedger();
  return createAskedLedger(async (question) => carry(await answerLedger(kept, carry(question))));
});

it.each([
  ['nothing', undefined],
  ['too few grants', { grants: [] }],
  ['half a token', { grants: [{ stands: true, tokens: 0.5, places: 1, tokenInMs: 0, held: 1, spare: 0 }] }],
])('takes %s for no answer', async (_, answer) => {
  const ledger = createAskedLedger(() => Promise.resolve(answer));
  await expect(ledger.ask({ holder: 'a', turn: 1, claims: [claimOf('x')] })).rejects.toThrow();
});

it('answers no question that is not one', () => {
  const claims = [claimOf('x', { waiting: -1 })];
  expect(() => answerLedger(createLocalLedger(), { holder: 'a', turn: 1, claims })).toThrow();
});

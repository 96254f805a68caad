import type { LedgerAnswer } from './quota-ledger.js';
import { watchLedger } from './watched-ledger.js';

const QUESTION = { holder: 'a', turn: 1, claims: [] };

it('does not blame the ledger for the time in which this process did not listen', async () => {
  const changes: unknown[] = [];
  const watched = watchLedger(
    {
      ask: () => new Promise<LedgerAnswer>((resolve) => setTimeout(() => resolve({ grants: [] }), 10)),
      patienceMs: 100,
    },
    (away) => changes.push(away),
  );
  const answer = watched.ask(QUESTION);
  const until = performance.now() + 150;
  while (performance.now() < until);
  expect(await answer).toEqual({ grants: [] });
  expect(changes).toEqual([null]);
});

it('asks nobody again until it is time for a trial', async () => {
  let asked = 0;
  const changes: (string | null)[] = [];
  const watched = watchLedger(
    {
      ask: async () => {
        asked += 1;
        throw new Error('away');
      },
      patienceMs: 100,
    },
    (away) => changes.push(away?.message ?? null),
  );
  expect(await watched.ask(QUESTION)).toBeNull();
  expect([watched.isUp(), watched.isTrialDue()]).toEqual([false, false]);
  expect(await watched.ask(QUESTION)).toBeNull();
  expect([asked, changes]).toEqual([1, ['away']]);
});

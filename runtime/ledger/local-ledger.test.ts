import { createLocalLedger } from './local-ledger.js';
import { LEASE_MS } from './quota-ledger.js';
import { claimOf } from './testing/claims.js';
import { describeLedger } from './testing/describe-ledger.js';

describeLedger('the local ledger', async () => createLocalLedger());

it('lends the places of a process that says nothing more to others, once its lease has ended', async () => {
  const clock = { now: 0 };
  const ledger = createLocalLedger(() => clock.now);
  const ask = async (holder: string, turn: number): Promise<number | undefined> => {
    const { grants } = await ledger.ask({ holder, turn, claims: [claimOf('x', { waiting: 8 })] });
    return grants[0]?.places;
  };
  expect(await ask('dead', 1)).toBe(8);
  clock.now = LEASE_MS - 1;
  expect(await ask('other', 1)).toBe(0);
  clock.now = LEASE_MS;
  expect(await ask('other', 2)).toBe(8);
});

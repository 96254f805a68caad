import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LeaseClaim, LeaseGrant, QuotaLedger } from '../quota-ledger.js';
import { claimOf, FEW } from './claims.js';

/** What every ledger keeps to. @param open called once, before the tests. */
export function describeLedger(name: string, open: () => Promise<QuotaLedger>): void {
  describe(name, () => {
    let ledger: QuotaLedger;
    let account: string;
    let turn = 0;
    beforeAll(async () => {
      ledger = await open();
    });
    afterAll(() => ledger.close());
    beforeEach(() => {
      account = randomUUID();
    });

    const ask = async (
      holder: string,
      said: Partial<LeaseClaim> = {},
      asTurn = ++turn,
    ): Promise<LeaseGrant> => {
      const claims = [claimOf(account, said)];
      const [grant] = (await ledger.ask({ holder, turn: asTurn, claims })).grants;
      if (grant === undefined) throw new Error('no grant');
      return grant;
    };

    it('lets as many begin as there are places', async () => {
      expect(await ask('a', { waiting: 5 })).toMatchObject({ stands: false, tokens: 5, places: 5, held: 5 });
      expect(await ask('b', { waiting: 5 })).toMatchObject({ stands: false, tokens: 3, places: 3, held: 8 });
      expect(await ask('a', { places: 3, running: 3 })).toMatchObject({ stands: true, held: 6 });
      expect(await ask('b', { places: 3, running: 3, waiting: 9 })).toMatchObject({ tokens: 2, places: 2 });
    });

    it('lets as many begin as there are tokens, and says when there is one', async () => {
      for (const _ of [1, 2]) expect(await ask('a', { waiting: 8 })).toMatchObject({ tokens: 8, places: 8 });
      const refused = await ask('b', { waiting: 1 });
      expect(refused).toMatchObject({ tokens: 0, places: 0 });
      expect(refused.tokenInMs).toBeGreaterThan(1e11);
    });

    it('fills the bucket again with time', async () => {
      const limits = { rate: 1000, burst: 2, concurrent: 100 };
      const began = performance.now();
      let tokens = 0;
      while (tokens < 20) tokens += (await ask('a', { limits, waiting: 1 })).tokens;
      const tookMs = performance.now() - began;
      expect(tookMs).toBeGreaterThanOrEqual(17);
    });

    it('lends ahead an eighth of what is left, which its holder may give back', async () => {
      expect(await ask('a', { ahead: 64 })).toMatchObject({ tokens: 2, places: 1, spare: 1 });
      expect(await ask('b', { waiting: 8 })).toMatchObject({ tokens: 7, places: 7 });
      expect(await ask('a', { returned: 2 })).toMatchObject({ stands: true, tokens: 0, places: 0 });
      expect(await ask('b', { waiting: 9 })).toMatchObject({ tokens: 8, places: 8 });
      expect(await ask('b', { waiting: 9 })).toMatchObject({ tokens: 1, places: 1 });
    });

    it('lends no more than a full bucket, what is lent already included', async () => {
      const limits = { rate: 10_000, burst: 16, concurrent: 100 };
      expect(await ask('a', { limits, ahead: 64 })).toMatchObject({ tokens: 2 });
      await delay(5);
      expect(await ask('b', { limits, waiting: 50 })).toMatchObject({ tokens: 14 });
    });

    it('gives nobody what he says that he had', async () => {
      expect(await ask('a', { tokens: 9, returned: 9, places: 9, running: 1, waiting: 1 })).toMatchObject({
        stands: false,
        tokens: 1,
        places: 1,
        held: 2,
      });
      await ask('a', { tokens: 9, returned: 9, places: 9 });
      for (const expected of [6, 6, 3]) expect((await ask('b', { waiting: 9 })).tokens).toBe(expected);
    });

    it('counts what runs, beyond the limit too', async () => {
      expect(await ask('a', { running: 7, waiting: 5 })).toMatchObject({ places: 1, held: 8 });
      expect(await ask('b', { running: 4, places: 4, waiting: 1 })).toMatchObject({ places: 0, held: 12 });
      expect(await ask('a', { running: 3, places: 3 })).toMatchObject({ held: 7, places: 0 });
    });

    it('takes no notice of a question that comes after a later one', async () => {
      await ask('a', { waiting: 2 }, 1000);
      expect(await ask('a', { waiting: 6 }, 999)).toMatchObject({ stands: false, tokens: 0, places: 0 });
      expect(await ask('b', { waiting: 9 })).toMatchObject({ places: 6 });
    });

    it('answers many claims at once, each account by itself, and none', async () => {
      const names = [randomUUID(), randomUUID()];
      const claims = names.map((one, index) => claimOf(one, { waiting: index + 1 }));
      const { grants } = await ledger.ask({ holder: 'a', turn: 1, claims });
      expect(grants.map(({ tokens }) => tokens)).toEqual([1, 2]);
      expect(await ledger.ask({ holder: 'a', turn: 2, claims: [] })).toEqual({ grants: [] });
    });

    it('holds limits that were changed in between', async () => {
      await ask('a', { waiting: 8, limits: FEW });
      const limits = { ...FEW, burst: 3, concurrent: 10 };
      expect(await ask('b', { waiting: 8, limits })).toMatchObject({ tokens: 2, places: 2 });
    });
  });
}

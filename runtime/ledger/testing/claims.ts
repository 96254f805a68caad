import type { LeaseClaim } from '../quota-ledger.js';

/** Tokens that do not come back while a test runs. */
export const FEW = { rate: 1e-9, burst: 16, concurrent: 8 };

/** A claim of a holder who has nothing, and what it says otherwise. */
export function claimOf(account: string, said: Partial<LeaseClaim> = {}): LeaseClaim {
  const nothing = { tokens: 0, returned: 0, places: 0, running: 0, waiting: 0, ahead: 0 };
  return { account, limits: FEW, ...nothing, ...said };
}

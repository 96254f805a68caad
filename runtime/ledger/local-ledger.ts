import { LRUCache } from 'lru-cache';
import {
  LEASE_MS,
  type LeaseClaim,
  type LeaseGrant,
  type LedgerAnswer,
  type LedgerQuestion,
  type QuotaLedger,
} from './quota-ledger.js';
import { type Lease, settleClaim } from './settle-claim.js';

/** Accounts that are remembered; one that was forgotten begins anew. */
const MAX_ACCOUNTS = 10_000;

interface HeldLease extends Lease {
  /** Of the question that last changed it. */
  readonly turn: number;
  readonly endsAt: number;
}

interface Account {
  level: number;
  /** When the level was counted. */
  countedAt: number;
  /** By holder. */
  readonly leases: Map<string, HeldLease>;
}

/** Says to whoever asked too late that he has nothing. */
const NOTHING: LeaseGrant = { stands: false, tokens: 0, places: 0, tokenInMs: 0, held: 0, spare: 0 };

/** Nothing keeps it from answering. */
const PATIENCE_MS = 1000;

/** Counts in this process's memory. @param now milliseconds of a clock that never goes back. */
export function createLocalLedger(now: () => number = () => performance.now()): QuotaLedger {
  const accounts = new LRUCache<string, Account>({ max: MAX_ACCOUNTS });
  const accountOf = ({ account: name, limits }: LeaseClaim, at: number): Account => {
    const known = accounts.get(name);
    if (known !== undefined) return known;
    const fresh = { level: limits.burst, countedAt: at, leases: new Map() };
    accounts.set(name, fresh);
    return fresh;
  };
  const answer = ({ holder, turn, claims }: LedgerQuestion): LedgerAnswer => {
    const at = now();
    const grants = claims.map((claim) => {
      const account = accountOf(claim, at);
      fill(account, claim, at);
      const mine = account.leases.get(holder) ?? null;
      if (mine !== null && mine.turn >= turn) return NOTHING;
      const heldByOthers = sum(account.leases, 'places') - (mine?.places ?? 0);
      const settled = settleClaim(claim, { mine, level: account.level, heldByOthers });
      account.level = settled.level;
      account.leases.set(holder, { ...settled.lease, turn, endsAt: at + LEASE_MS });
      return settled.grant;
    });
    return { grants };
  };
  return {
    ask: async (question) => answer(question),
    patienceMs: PATIENCE_MS,
    close: () => Promise.resolve(),
  };
}

/** Adds the tokens that came back, and forgets leases that have ended. */
function fill(account: Account, { limits: { rate, burst } }: LeaseClaim, at: number): void {
  // What is lent ahead takes the room of what would come back: else it could be used beside a full burst.
  const room = burst - sum(account.leases, 'tokens');
  const cameBack = ((at - account.countedAt) / 1000) * rate;
  account.level = Math.max(0, Math.min(room, account.level + cameBack));
  account.countedAt = at;
  for (const [holder, { endsAt }] of account.leases) if (endsAt <= at) account.leases.delete(holder);
}

function sum(leases: ReadonlyMap<string, Lease>, what: keyof Lease): number {
  let all = 0;
  for (const lease of leases.values()) all += lease[what];
  return all;
}

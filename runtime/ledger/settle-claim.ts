import { LENT_AHEAD, type LeaseClaim, type LeaseGrant } from './quota-ledger.js';

/** What a holder has of an account, as the ledger knows it. */
export interface Lease {
  /** Lent ahead, and perhaps not used yet. */
  readonly tokens: number;
  /** Those in use included. */
  readonly places: number;
}

interface Standing {
  /** The holder's lease; null: he has none, or it has ended. */
  readonly mine: Lease | null;
  /** Tokens that nobody has. */
  readonly level: number;
  /** Places that other holders have. */
  readonly heldByOthers: number;
}

interface Settled {
  readonly lease: Lease;
  readonly level: number;
  readonly grant: LeaseGrant;
}

/**
 * What a claim gets. `redis/settle-script.ts` does the same; both are held to the same tests.
 *
 * A token for a request that waits counts as used at once: it is, or nobody waits any more.
 */
export function settleClaim(claim: LeaseClaim, { mine, level: before, heldByOthers }: Standing): Settled {
  const { limits, running, waiting, ahead } = claim;
  const keptTokens = mine === null ? 0 : Math.min(claim.tokens, mine.tokens);
  const returned = mine === null ? 0 : Math.min(claim.returned, mine.tokens - keptTokens);
  const level = before + returned;
  const keptPlaces = mine === null ? running : Math.max(running, Math.min(claim.places, mine.places));
  const free = Math.max(0, limits.concurrent - heldByOthers - keptPlaces);
  const idle = keptPlaces - running;
  const begins = Math.min(waiting, keptTokens + Math.floor(level), idle + free);
  const tokens = inTurn({ wanted: begins, kept: keptTokens, left: level, ahead });
  const places = inTurn({ wanted: begins, kept: idle, left: free, ahead });
  const lease = { tokens: tokens.keeps, places: keptPlaces + places.granted };
  const levelLeft = level - tokens.granted;
  return {
    lease,
    level: levelLeft,
    grant: {
      stands: mine !== null,
      tokens: tokens.granted,
      places: places.granted,
      tokenInMs: levelLeft >= 1 ? 0 : Math.ceil(((1 - levelLeft) / limits.rate) * 1000),
      held: heldByOthers + lease.places,
      spare: places.spare,
    },
  };
}

interface Asked {
  readonly wanted: number;
  readonly kept: number;
  readonly left: number;
  readonly ahead: number;
}

/** First what is wanted now, then what may come next, as far as it can be spared. */
function inTurn({ wanted, kept, left, ahead }: Asked): { granted: number; keeps: number; spare: number } {
  const now = Math.max(0, wanted - kept);
  const keptAfter = kept + now - wanted;
  const spare = Math.floor((left - now + keptAfter) * LENT_AHEAD);
  const later = Math.max(0, Math.min(ahead, spare) - keptAfter);
  return { granted: now + later, keeps: keptAfter + later, spare };
}

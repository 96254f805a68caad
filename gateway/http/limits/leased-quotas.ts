import { randomUUID } from 'node:crypto';
import { LEASE_MS, type LeaseGrant, type QuotaLedger } from '../../../runtime/ledger/quota-ledger.js';
import { watchLedger } from '../../../runtime/ledger/watched-ledger.js';
import { CallerLease } from './caller-lease.js';
import {
  beyondBurst,
  beyondConcurrent,
  type CallerLimits,
  type CallerQuotas,
  createCallerQuotas,
  type Entered,
  type Refused,
} from './caller-quotas.js';

/** Quotas that hold for all processes that ask one ledger. */
export interface LeasedQuotas extends CallerQuotas {
  /** Gives back what is held. */
  close(): Promise<void>;
}

/** How often it is looked which leases to renew or give back, and whether a lost ledger is back. */
const LOOK_MS = LEASE_MS / 4;
/** For so long the ledger is believed that all places are taken; a caller who floods must not make it answer without pause. */
const FULL_MS = 10;

/**
 * Lets requests in by what is leased from the ledger; one for which that is not enough waits for the ledger's answer. While
 * the ledger is away, this process alone keeps the limits, beginning with what it has counted itself.
 *
 * @param onChange told at first, and when it changes: that the ledger is away and why, or that it answers (null).
 * @param now milliseconds of a clock that never goes back.
 */
export function createLeasedQuotas(
  limits: CallerLimits,
  asked: Pick<QuotaLedger, 'ask' | 'patienceMs'>,
  onChange: (away: Error | null) => void,
  now: () => number = () => performance.now(),
): LeasedQuotas {
  const { burst, concurrent } = limits;
  const holder = randomUUID();
  const ledger = watchLedger(asked, onChange);
  const own = createCallerQuotas(limits, now);
  const leases = new Map<string, CallerLease>();
  const toAsk = new Set<CallerLease>();
  let turn = 0;
  let isClosed = false;

  const leaseOf = (caller: string): CallerLease => {
    const known = leases.get(caller);
    if (known !== undefined) return known;
    const fresh = new CallerLease(caller, limits, now());
    leases.set(caller, fresh);
    return fresh;
  };
  const leaves = (lease: CallerLease, { leave }: Entered): Entered => ({
    leave: () => {
      leave();
      lease.ended();
      if (ledger.isUp() && lease.holdsTooMuch()) askSoon(lease);
    },
  });
  const enterAlone = (lease: CallerLease): Entered | Refused => {
    const found = own.enter(lease.caller);
    if (!('leave' in found)) return found;
    lease.runs(now());
    return leaves(lease, found);
  };
  const enterByLease = (lease: CallerLease): Entered | null =>
    lease.begins(now()) ? leaves(lease, own.count(lease.caller)) : null;
  const refuseDry = (lease: CallerLease): Refused => {
    lease.refused += 1;
    return beyondBurst(burst, lease.refused, lease.dryUntil - now());
  };

  const askSoon = (lease: CallerLease): void => {
    // It is looked again when the answer has come.
    if (lease.isAsked || isClosed) return;
    // One question for all that happens in this turn of the event loop.
    if (toAsk.size === 0) queueMicrotask(() => void askNow(true));
    toAsk.add(lease);
  };
  const askNow = async (keeps: boolean): Promise<void> => {
    const asking = [...toAsk].filter(({ isAsked }) => !isAsked);
    toAsk.clear();
    const isUp = ledger.isUp();
    const askedAt = now();
    // What was let in meanwhile was not counted against what is held.
    if (!isUp) for (const lease of asking) lease.drop();
    const claims = asking.map((lease) => lease.claim(askedAt, keeps && !lease.isIdle(askedAt, LOOK_MS)));
    turn += 1;
    const answer = await ledger.ask({ holder, turn, claims });
    for (const [index, lease] of asking.entries()) {
      const grant = answer?.grants[index];
      if (grant === undefined) decideAlone(lease);
      else settle(lease, grant, { askedAt, waited: claims[index]?.waiting ?? 0 });
    }
  };
  const decideAlone = (lease: CallerLease): void => {
    lease.isAsked = false;
    lease.drop();
    for (const decide of lease.waiting.splice(0)) decide(enterAlone(lease));
  };
  /** @param waited how many of those who wait the ledger was told of. */
  const settle = (
    lease: CallerLease,
    grant: LeaseGrant,
    { askedAt, waited }: { readonly askedAt: number; readonly waited: number },
  ): void => {
    lease.take(grant, askedAt);
    lease.dryUntil = now() + grant.tokenInMs;
    const waiting = lease.waiting.splice(0);
    for (const [index, decide] of waiting.entries()) {
      const entered = enterByLease(lease);
      if (entered !== null) decide(entered);
      else if (index >= waited) lease.waiting.push(decide);
      else if (grant.tokenInMs > 0 && !lease.hasToken()) decide(refuseDry(lease));
      else {
        lease.fullUntil = now() + FULL_MS;
        decide(beyondConcurrent(concurrent, Math.max(concurrent, grant.held) + 1));
      }
    }
    // Nobody asks any more for those who are left.
    if (isClosed) decideAlone(lease);
    else if (lease.waiting.length > 0 || lease.holdsTooMuch()) askSoon(lease);
  };

  const look = (): void => {
    const at = now();
    if (!ledger.isUp() && !ledger.isTrialDue()) return;
    for (const [caller, lease] of leases) {
      if (lease.isAsked) continue;
      if (lease.isEmpty()) leases.delete(caller);
      else if (!ledger.isUp() || lease.isOld(at) || lease.isIdle(at, LOOK_MS)) toAsk.add(lease);
    }
    // It is asked even if there is nothing to ask for, so that the first who needs it does not find out that it is away.
    void askNow(true);
  };
  const looking = setInterval(look, LOOK_MS).unref();
  void askNow(true);

  return {
    enter: (caller) => {
      const lease = leaseOf(caller);
      if (isClosed || !ledger.isUp()) return enterAlone(lease);
      if (lease.waiting.length === 0) {
        const entered = enterByLease(lease);
        if (entered !== null) return entered;
        if (now() < lease.dryUntil && !lease.hasToken()) return refuseDry(lease);
        if (now() < lease.fullUntil) return beyondConcurrent(concurrent, concurrent + 1);
      }
      // More than these can never be let in together.
      if (lease.waiting.length >= concurrent) return beyondConcurrent(concurrent, lease.waiting.length + 1);
      return new Promise((decide) => {
        lease.waiting.push(decide);
        askSoon(lease);
      });
    },
    close: async () => {
      clearInterval(looking);
      isClosed = true;
      for (const lease of leases.values()) toAsk.add(lease);
      await askNow(false);
    },
  };
}

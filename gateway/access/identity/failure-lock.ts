import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../runtime/clock.js';
import type { LockSettings } from './identity-settings.js';

/** Pairs that are remembered; the one that failed longest ago is forgotten first. About 3 MB. */
const MAX_PAIRS = 10_000;

/**
 * Refuses an account for a while after too many failures (MLPS-03).
 *
 * What is locked is the pair of the address and the account that the credential claims to be: the id of an application, or
 * issuer and subject of a token. Many users share one address behind a proxy, so a lock of the address alone, or of the
 * address and an issuer, would let one bad neighbour, or one dashboard with an old token, shut all of them out. And a lock of
 * the account alone would let anybody lock out somebody else from afar. Who claims another account with each failure is not
 * locked, and gains nothing: a signature or 256 random bits are not found by trying, and the rate of requests is limited
 * elsewhere. Credentials that claim no account share one pair per address, and lock nobody who has a good one.
 */
export interface FailureLock {
  /** Seconds for which the pair is still refused; 0: it is not. */
  lockedSeconds(address: string, account: string): number;
  /** Counts one failure. Nothing is counted while the pair is locked, so that a lock ends by itself. */
  fail(address: string, account: string): void;
}

interface Pair {
  /** Moments of the last failures, the oldest first. */
  failures: number[];
  lockedUntil: number;
}

export function createFailureLock(
  { failures, withinMs, forMs }: LockSettings,
  { now }: Pick<Clock, 'now'>,
): FailureLock {
  const pairs = new LRUCache<string, Pair>({ max: MAX_PAIRS });
  const remaining = (pair: Pair | undefined, moment: number): number =>
    pair === undefined ? 0 : Math.max(0, pair.lockedUntil - moment);
  return {
    lockedSeconds: (address, account) =>
      Math.ceil(remaining(pairs.get(keyOf(address, account)), now().getTime()) / 1000),
    fail: (address, account) => {
      const key = keyOf(address, account);
      const moment = now().getTime();
      const pair = pairs.get(key) ?? { failures: [], lockedUntil: 0 };
      if (remaining(pair, moment) > 0) return;
      pair.failures = [...pair.failures.filter((then) => then > moment - withinMs), moment];
      if (pair.failures.length >= failures) {
        pair.failures = [];
        pair.lockedUntil = moment + forMs;
      }
      pairs.set(key, pair);
    },
  };
}

/** Of a fixed size: the claimed account is as long as the caller likes. */
function keyOf(address: string, account: string): string {
  return createHash('sha256')
    .update(JSON.stringify([networkOf(address), account]))
    .digest('base64');
}

/** One subscriber of IPv6 has a whole network of 64 bits, and would take another address for each try. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

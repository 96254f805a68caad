import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../../runtime/clock.js';
import type { RoleRules } from '../role-rules.js';

/** Administrators are few; only issuers of ours can name them. */
const MAX_ACCOUNTS = 10_000;

/**
 * Sees that one account does not hold two of the roles that the law keeps apart by two tokens with one each (MLPS-06). While a
 * token with the first is good, another one is refused. It is known to this process alone, and until it ends.
 */
export interface SeparatedAccounts {
  /** Null: the account may have the role; else the one that it has. @param expires when the token ends. */
  admit(account: string, role: string, expires: number): string | null;
}

export function createSeparatedAccounts(
  { separated }: RoleRules,
  { now }: Pick<Clock, 'now'>,
): SeparatedAccounts {
  const accounts = new LRUCache<string, { readonly role: string; readonly until: number }>({
    max: MAX_ACCOUNTS,
  });
  return {
    admit: (account, role, expires) => {
      if (!separated.has(role)) return null;
      const held = accounts.get(account);
      const isHeld = held !== undefined && now().getTime() < held.until;
      if (isHeld && held.role !== role) return held.role;
      accounts.set(account, { role, until: Math.max(expires, isHeld ? held.until : 0) });
      return null;
    },
  };
}

import type { CryptoKey, JWSHeaderParameters, LocalJWKSet } from 'jose';
import type { Clock } from '../../../../runtime/clock.js';
import type { RemoteKeySettings } from '../identity-settings.js';
import { fetchKeySet } from './fetch-key-set.js';
import { type IssuerKeys, KeysUnavailable, KeyUnknown } from './issuer-keys.js';
import { isKeyMissing, readKeySet } from './key-set.js';

/** Keys are renewed in the background from this part of their age on, so that no request waits for it. */
const RENEW_AT = 0.75;
/** Unknown key ids ask the address again at most so often, however many tokens bear one. */
const COOLDOWN_MS = 30_000;
/** An address that failed is asked again after so long. */
const RETRY_MS = 5000;

interface RemoteKeysDeps {
  readonly clock: Pick<Clock, 'now'>;
  onFailed(error: unknown): void;
}

/** Keys behind an address, as `RemoteKeySettings` says. */
export function createRemoteKeys(
  settings: RemoteKeySettings,
  { clock, onFailed }: RemoteKeysDeps,
): IssuerKeys {
  const { maxAgeMs, staleForMs } = settings;
  let held: { readonly set: LocalJWKSet; readonly askedAt: number } | null = null;
  let last: { readonly askedAt: number; readonly isFailure: boolean } | null = null;
  let running: Promise<void> | null = null;
  const now = (): number => clock.now().getTime();

  const renew = async (): Promise<void> => {
    const askedAt = now();
    try {
      held = { set: readKeySet(await fetchKeySet(settings)), askedAt };
      last = { askedAt, isFailure: false };
    } catch (error) {
      last = { askedAt, isFailure: true };
      onFailed(error);
    } finally {
      running = null;
    }
  };
  /** Requests that need keys at the same time wait for the same answer. Null: the address was asked a moment ago. */
  const renewIfDue = (): Promise<void> | null => {
    if (running !== null) return running;
    const wait = last?.isFailure === true ? RETRY_MS : COOLDOWN_MS;
    if (last !== null && Math.abs(now() - last.askedAt) < wait) return null;
    running = renew();
    return running;
  };
  const ageOf = (): number => (held === null ? Number.POSITIVE_INFINITY : Math.abs(now() - held.askedAt));

  /** Waits for keys only if there are none that may serve. */
  const current = async (): Promise<LocalJWKSet> => {
    const mayServe = ageOf() <= (last?.isFailure === true ? maxAgeMs + staleForMs : maxAgeMs);
    if (!mayServe) await renewIfDue();
    else if (ageOf() > maxAgeMs * RENEW_AT) void renewIfDue();
    if (held !== null && ageOf() <= maxAgeMs + staleForMs) return held.set;
    throw new KeysUnavailable("the issuer's keys cannot be had", RETRY_MS / 1000);
  };

  const findIn = async (set: LocalJWKSet, header: JWSHeaderParameters): Promise<CryptoKey | null> => {
    try {
      return await set(header);
    } catch (error) {
      if (isKeyMissing(error)) return null;
      throw error;
    }
  };

  return {
    find: async (header) => {
      const known = await current();
      const key = await findIn(known, header);
      if (key !== null) return key;
      // The issuer may have a new key since.
      await renewIfDue();
      const renewed = held?.set ?? known;
      const fresh = renewed === known ? null : await findIn(renewed, header);
      if (fresh !== null) return fresh;
      if (last?.isFailure === true) {
        throw new KeysUnavailable('the issuer may have a new key, but cannot be asked', RETRY_MS / 1000);
      }
      throw new KeyUnknown('the issuer has no such key');
    },
  };
}

import { hash } from 'node:crypto';
import { LEASE_MS, type LeaseClaim, type LeaseGrant } from '../../../runtime/ledger/quota-ledger.js';
import type { CallerLimits, Entered, Refused } from './caller-quotas.js';

/** Requests of one caller for which tokens and places are held at most. */
const MOST_AHEAD = 64;

/** What this process holds of the tokens and places that all processes together may give to one caller. */
export class CallerLease {
  readonly caller: string;
  readonly #limits: CallerLimits;
  /** Names may be those of people, and as long as they like; keys of a store need not tell them. */
  readonly #account: string;
  #tokens = 0;
  /** Those in use included. */
  #places = 0;
  #running = 0;
  #endsAt = 0;
  /** Places not in use that may be kept. */
  #spare = 0;
  #usedSinceAsked = 0;
  #usedAt: number;

  /** Who waits for the ledger to answer, in their order. */
  waiting: ((found: Entered | Refused) => void)[] = [];
  /** Whether a question is under way. */
  isAsked = false;
  /** No token will be there before. */
  dryUntil = 0;
  /** The ledger has just said that all places are taken, and none was given back here. */
  fullUntil = 0;
  /** Requests that found no token since one was had. */
  refused = 0;

  constructor(caller: string, limits: CallerLimits, at: number) {
    this.caller = caller;
    // They are sent: the caller's other limits are nobody else's business.
    const { rate, burst, concurrent } = limits;
    this.#limits = { rate, burst, concurrent };
    this.#account = `caller:${hash('sha256', caller, 'base64url')}`;
    this.#usedAt = at;
  }

  /** Whether a request begins with what is held; if so it counts. */
  begins(at: number): boolean {
    if (this.#endsAt <= at) this.drop();
    if (this.#tokens < 1 || this.#places <= this.#running) return false;
    this.#tokens -= 1;
    this.#usedSinceAsked += 1;
    this.refused = 0;
    this.runs(at);
    return true;
  }

  hasToken(): boolean {
    return this.#tokens >= 1;
  }

  /** Counts a request that runs, whoever let it in. */
  runs(at: number): void {
    this.#running += 1;
    this.#usedAt = at;
    this.#places = Math.max(this.#places, this.#running);
  }

  /** Counts a request that has ended. */
  ended(): void {
    this.#running -= 1;
    this.fullUntil = 0;
  }

  holdsTooMuch(): boolean {
    return this.#places - this.#running > this.#spare;
  }

  /** Nothing is held any more but the places of what runs. */
  drop(): void {
    this.#tokens = 0;
    this.#places = this.#running;
  }

  /** What the ledger is asked. What is given back is not held any more. @param keeps whether more requests may come. */
  claim(at: number, keeps: boolean): LeaseClaim {
    if (this.#endsAt <= at) this.drop();
    const waiting = this.waiting.length;
    const idle = this.#places - this.#running;
    const keptIdle = keeps ? (waiting > 0 ? idle : Math.min(idle, this.#spare)) : 0;
    const returned = keeps ? 0 : this.#tokens;
    const ahead = keeps ? Math.min(MOST_AHEAD, 2 * this.#usedSinceAsked) : 0;
    this.#tokens -= returned;
    this.#places = this.#running + keptIdle;
    this.#usedSinceAsked = 0;
    this.isAsked = true;
    return {
      account: this.#account,
      limits: this.#limits,
      tokens: this.#tokens,
      returned,
      places: this.#places,
      running: this.#running,
      waiting,
      ahead,
    };
  }

  /** @param askedAt when the question was asked. */
  take({ stands, tokens, places, spare }: LeaseGrant, askedAt: number): void {
    this.isAsked = false;
    if (!stands) this.drop();
    this.#tokens += tokens;
    this.#places += places;
    this.#spare = spare;
    this.#endsAt = askedAt + LEASE_MS;
  }

  /** Whether nothing was asked by the caller for so long. */
  isIdle(at: number, ms: number): boolean {
    return this.#running === 0 && this.waiting.length === 0 && at - this.#usedAt >= ms;
  }

  isEmpty(): boolean {
    return this.#running === 0 && this.waiting.length === 0 && this.#tokens === 0 && this.#places === 0;
  }

  /** Whether the lease has to be renewed, or it ends while it is needed. */
  isOld(at: number): boolean {
    return this.#endsAt - at <= LEASE_MS / 2;
  }
}

import type { InterfaceOutcome } from './interface-outcome.js';

/** How one call to a source ended. */
export interface SourceCallEvent {
  readonly interface: string;
  /** `read`, `tally`, `describe`, `probe`. */
  readonly operation: string;
  /** `ok` or a code of `errors.ts`. */
  readonly outcome: string;
  readonly tookMs: number;
  readonly rows: number;
}

/** Why a call was not sent: the source is paused after failures, may not be asked more or now, or is busy. */
export type RefusalReason = 'breaker' | 'quota_minute' | 'quota_day' | 'quiet' | 'gate';

/** How much of a quota is used up. */
export interface QuotaUse {
  readonly window: 'minute' | 'day';
  readonly used: number;
  readonly limit: number;
}

/** How one interface's source is at the moment. */
export interface SourceState {
  /** Calls are refused after repeated failures, or the next one is a trial. */
  readonly breakerOpen: boolean;
  /** Empty: no quota. */
  readonly quotas: readonly QuotaUse[];
  /** The source's clock minus ours; null when nobody measures it. */
  readonly clockSkewMs: number | null;
  /** When the secret that requests are signed with ends; null where none does. */
  readonly secretEndsAt: Date | null;
  /** When the source's certificate ends; null where it has none. */
  readonly certificateEndsAt: Date | null;
  /** When the credentials end that we were given, as the mapping says; null where it says nothing. */
  readonly credentialsEndAt: Date | null;
  /** Something is amiss although the source answers, such as a rejected drop. */
  readonly hasNotice: boolean;
}

interface FailureEvent {
  readonly outcome: InterfaceOutcome;
  readonly requestId: string;
  readonly error: unknown;
}

export interface WatchedSource {
  readonly interface: string;
  /** Returns at once. */
  state(): SourceState;
}

/**
 * What the engine tells whoever watches it. Called on the path of every row: implementations return at once
 * and never throw.
 */
export interface SourceObserver {
  /** Tells of an interface that was opened, for whoever wants to look at its state; again when it is reopened. */
  watch(source: WatchedSource): void;
  sourceCall(event: SourceCallEvent): void;
  /** A failed exchange is sent once more. */
  retry(event: { readonly interface: string }): void;
  /** A caller waits for a call that another one already sent, instead of sending the same. */
  shared(event: { readonly interface: string }): void;
  /** An exchange was not sent. */
  refusal(event: { readonly interface: string; readonly reason: RefusalReason }): void;
  /** A cell holds a code that its code list does not have. */
  unknownCode(event: { readonly interface: string; readonly field: string }): void;
  /** A cell was repaired, guessed or unreadable; `code` is one of the quality codes. */
  quality(event: { readonly interface: string; readonly code: string; readonly field: string }): void;
  /** An interface could not take part in an answer; `error` is for the log alone. */
  failure(event: FailureEvent): void;
}

/** Watches nothing: for checks and tests that look at answers alone. */
export const UNOBSERVED: SourceObserver = Object.freeze({
  watch: () => undefined,
  sourceCall: () => undefined,
  retry: () => undefined,
  shared: () => undefined,
  refusal: () => undefined,
  unknownCode: () => undefined,
  quality: () => undefined,
  failure: () => undefined,
});

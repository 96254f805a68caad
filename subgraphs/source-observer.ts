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

/**
 * What the engine tells whoever watches it. Called on the path of every row: implementations return at once
 * and never throw.
 */
export interface SourceObserver {
  sourceCall(event: SourceCallEvent): void;
  /** A cell holds a code that its code list does not have. */
  unknownCode(event: { readonly interface: string; readonly field: string }): void;
  /** A cell was repaired, guessed or unreadable; `code` is one of the quality codes. */
  quality(event: { readonly interface: string; readonly code: string; readonly field: string }): void;
  /** An interface could not take part in an answer; `error` is for the log alone. */
  failure(event: { readonly interface: string; readonly error: unknown }): void;
}

/** Watches nothing: for checks and tests that look at answers alone. */
export const UNOBSERVED: SourceObserver = Object.freeze({
  sourceCall: () => undefined,
  unknownCode: () => undefined,
  quality: () => undefined,
  failure: () => undefined,
});

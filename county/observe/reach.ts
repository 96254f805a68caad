/** Whether an interface answers, by the looks at it: pure steps from one to the next. Moments are epoch milliseconds. */
export interface Reach {
  /** Null: the last look was answered, or nobody looked. */
  readonly failure: {
    /** Of `runtime/errors.ts`. */
    readonly code: string;
    readonly requestId: string | null;
    readonly since: number;
    readonly last: number;
    readonly times: number;
  } | null;
  /** What a query met since the last look that was answered. */
  readonly met: { readonly code: string; readonly requestId: string; readonly at: number } | null;
}

export const REACHED: Reach = { failure: null, met: null };

/** What failed twice, so far apart and never answered in between, is no passing fault. */
const APART_MS = 8000;

export function lookFailed(
  { failure, met }: Reach,
  { code, requestId }: { readonly code: string; readonly requestId: string | null },
  now: number,
): Reach {
  if (failure !== null) {
    return { failure: { ...failure, code, last: now, times: failure.times + 1 }, met };
  }
  // Whoever met it first can be found in the log by his request.
  const first = met !== null && met.code === code ? met : { requestId, at: now };
  return { failure: { code, requestId: first.requestId, since: first.at, last: now, times: 1 }, met };
}

export function queryFailed(
  reach: Reach,
  { code, requestId }: { readonly code: string; readonly requestId: string },
  now: number,
): Reach {
  return reach.met !== null ? reach : { ...reach, met: { code, requestId, at: now } };
}

/** Whether the failure is more than a passing fault. */
export function isLasting({ failure }: Reach): boolean {
  return failure !== null && failure.last - failure.since >= APART_MS;
}

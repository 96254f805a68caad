/** The source's clock, as its `Date` headers show it next to ours. */
export interface SourceClock {
  /** @param sentAt when the request left and @param receivedAt when the answer came, by our clock, epoch milliseconds. */
  observe(dateHeader: string | undefined, sentAt: number, receivedAt: number): void;
  /** How far the source is ahead, in milliseconds; null before the first observation. */
  skewMs(): number | null;
  /** The present moment by the source's clock as far as it is known, epoch milliseconds. */
  sourceNow(): number;
}

/** The header counts whole seconds: on average half of one has passed. */
const HALF_SECOND = 500;
/** Weight of a new observation. */
const WEIGHT = 0.2;
/** A difference beyond this is a clock that was set, not noise. */
const STEP_MS = 5000;

export function createSourceClock(): SourceClock {
  let skew: number | null = null;
  return {
    observe: (dateHeader, sentAt, receivedAt) => {
      const date = Date.parse(dateHeader ?? '');
      if (Number.isNaN(date)) return;
      const seen = date + HALF_SECOND - (sentAt + receivedAt) / 2;
      skew = skew === null || Math.abs(seen - skew) > STEP_MS ? seen : skew + WEIGHT * (seen - skew);
    },
    skewMs: () => skew,
    sourceNow: () => Date.now() + (skew ?? 0),
  };
}

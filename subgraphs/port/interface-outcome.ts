export type CoverageState = 'LIVE' | 'STALE' | 'MISSING' | 'DENIED';

/** How one interface took part in an answer. */
export interface InterfaceOutcome {
  readonly interface: string;
  readonly department: string;
  readonly state: CoverageState;
  /** Greatest watermark seen, ISO 8601 at +08:00; null when unknown. */
  readonly asOf: string | null;
  readonly tookMs: number;
  /** Code of `errors.ts` and a sentence for people when state is not LIVE; a sentence alone when something is amiss. */
  readonly reason: string | null;
}

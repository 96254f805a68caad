/** Worst last: an answer that needed an interface twice is as good as the worse of the two. */
export const COVERAGE_STATES = ['LIVE', 'STALE', 'DENIED', 'MISSING'] as const;
type CoverageState = (typeof COVERAGE_STATES)[number];

type Judged = Pick<InterfaceOutcome, 'state'>;

export function isWorse(one: Judged, other: Judged): boolean {
  return COVERAGE_STATES.indexOf(one.state) > COVERAGE_STATES.indexOf(other.state);
}

/** Whether an interface gave nothing. */
export function isAbsent({ state }: Judged): boolean {
  return state === 'MISSING' || state === 'DENIED';
}

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

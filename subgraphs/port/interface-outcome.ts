import { type ErrorCode, publicReason } from '../../runtime/errors.js';

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
  /** Greatest watermark seen, or when the reading of a snapshot began; ISO 8601 at +08:00, null when unknown. */
  readonly asOf: string | null;
  readonly tookMs: number;
  /** Code of `errors.ts` and a sentence for people when state is not LIVE; a sentence alone when something is amiss. */
  readonly reason: string | null;
}

/** The outcome of an interface that gave nothing. */
export function missingOutcome(
  of: { readonly name: string; readonly department: string },
  code: ErrorCode,
  tookMs: number,
): InterfaceOutcome {
  return {
    interface: of.name,
    department: of.department,
    state: 'MISSING',
    asOf: null,
    tookMs,
    reason: publicReason(code),
  };
}

/** An outcome alone, without what came with it, such as a part's data. */
export function outcomeOf(part: InterfaceOutcome): InterfaceOutcome {
  const { interface: name, department, state, asOf, tookMs, reason } = part;
  return { interface: name, department, state, asOf, tookMs, reason };
}

import type { IncidentCause, IncidentSeverity, Measurement } from '../../../subgraphs/port/observation.js';

/** Something that is amiss. */
export interface Finding {
  readonly cause: IncidentCause;
  readonly about: string | null;
  readonly severity: IncidentSeverity;
  /** What is, Chinese first. */
  readonly detail: string;
  readonly requestId: string | null;
  /** When it began, epoch milliseconds. Absent: when it was found. */
  readonly since?: number;
}

/** What one judgement says. */
export interface Verdict {
  readonly measurements: readonly Measurement[];
  /** Causes that could be judged: what is open of these and not found ends. The others stay as they are. */
  readonly judged: readonly IncidentCause[];
  readonly findings: readonly Finding[];
}

export const NOTHING: Verdict = { measurements: [], judged: [], findings: [] };

export function joinVerdicts(verdicts: readonly Verdict[]): Verdict {
  return {
    measurements: verdicts.flatMap(({ measurements }) => measurements),
    judged: [...new Set(verdicts.flatMap(({ judged }) => judged))],
    findings: verdicts.flatMap(({ findings }) => findings),
  };
}

/** Whether a value is beyond its threshold. */
export function isBeyond(
  value: number,
  { at, side }: { readonly at: number; readonly side: 'ABOVE' | 'BELOW' },
): boolean {
  return side === 'ABOVE' ? value > at : value < at;
}

/** `33 %`, to the tenth below ten. */
export function percent(share: number): string {
  const hundredths = share * 100;
  return `${hundredths < 10 ? Math.round(hundredths * 10) / 10 : Math.round(hundredths)}%`;
}

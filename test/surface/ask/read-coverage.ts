import { TOOK_PART } from '../canonical-rows.js';
import type { Refusal } from './answer.js';

/** `coverage` as every query here selects it. */
export type Coverage = readonly {
  readonly interface: string;
  readonly state: string;
  readonly reason: string | null;
}[];

/** Why an answer is not whole; null when every interface took part. */
export function refusalIn(coverage: Coverage): Refusal | null {
  const missing = coverage.find(({ state }) => !TOOK_PART.includes(state));
  return missing === undefined
    ? null
    : { is: 'refused', code: /^\w+/.exec(missing.reason ?? '')?.[0] ?? 'NONE' };
}

/** A source was late or busy: that says nothing of what it was asked for. */
export function isPassing({ code }: Refusal): boolean {
  return ['SOURCE_TIMEOUT', 'SOURCE_UNAVAILABLE', 'REQUEST_TIMEOUT', 'SUBGRAPH_TIMEOUT'].includes(code);
}

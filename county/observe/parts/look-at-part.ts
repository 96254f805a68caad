import type { WatchedPart } from '../../../subgraphs/port/watched-parts.js';
import type { Verdict } from '../judge/verdict.js';

/** What is looked at besides interfaces, every few seconds. */
export interface LookedAtPart {
  readonly part: WatchedPart;
  /** Never fails. @param now epoch milliseconds by the county's clock. */
  look(now: number): Promise<Verdict>;
}

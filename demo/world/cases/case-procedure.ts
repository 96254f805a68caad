import { randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { PenaltyCase, World } from '../world.js';

/** How an administrative review or a lawsuit against a decision stands. */
interface Remedy {
  /** `RemedyOutcome`. */
  readonly outcome: string;
  /** `yyyy-MM-dd`; null: there is none, or it goes on. */
  readonly endedAt: string | null;
}

/** Which steps a case went through, and what became of its decision afterwards (domain §2.6.3). */
export interface CaseProcedure {
  readonly hearing: boolean;
  readonly legalReview: boolean;
  readonly collectiveDiscussion: boolean;
  readonly major: boolean;
  /** Null until decided, like the next. */
  readonly administrativeReview: Remedy | null;
  readonly litigation: Remedy | null;
}

const NO_STEPS = { hearing: false, legalReview: false, collectiveDiscussion: false, major: false };
/** Most decisions stand. */
const OUTCOMES = [
  ...['UPHELD', 'UPHELD', 'UPHELD', 'UPHELD', 'DISMISSED', 'DISMISSED'],
  ...['WITHDRAWN', 'REVOKED', 'REVOKED', 'CHANGED', 'DECLARED_UNLAWFUL'],
];
const NONE: Remedy = { outcome: 'NONE', endedAt: null };

/** A pure function of the seed and the case. */
export function procedureOf(
  { seed, today }: Pick<World, 'seed' | 'today'>,
  { index, process, decidedAt }: PenaltyCase,
): CaseProcedure {
  const random = randomFor(seed, 'case-steps', index);
  const isOrdinary = process === 'ORDINARY';
  const hearing = random.chance(0.22);
  const major = random.chance(0.18);
  const collectiveDiscussion = random.chance(0.25);
  const legalReview = random.chance(hearing || major ? 0.8 : 0.7);
  if (decidedAt === null) {
    return { ...NO_STEPS, major: isOrdinary && major, administrativeReview: null, litigation: null };
  }
  const remedy = (share: number, fromDays: number, toDays: number): Remedy => {
    const isSought = random.chance(share) && isOrdinary;
    const endedAt = addDays(decidedAt, random.int(fromDays, toDays));
    const outcome = random.pick(OUTCOMES);
    if (!isSought) return NONE;
    return endedAt <= today ? { outcome, endedAt } : { outcome: 'PENDING', endedAt: null };
  };
  const steps = isOrdinary ? { hearing, legalReview, collectiveDiscussion, major } : NO_STEPS;
  return { ...steps, administrativeReview: remedy(0.3, 40, 120), litigation: remedy(0.2, 120, 260) };
}

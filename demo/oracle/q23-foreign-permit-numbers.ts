import type { World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { canonicalId, itemOf } from './canonical-id.js';
import type { OracleOptions } from './records.js';

interface ForeignPermitNumber {
  readonly permit: string;
  /** Code within the number, of whoever ran the works before. */
  readonly embedded: string;
  /** Canonical id. */
  readonly holder: string;
}

/**
 * Question 23: pollution permits whose number contains a code that the holder never had. By number. A code that the
 * holder gave up when it registered anew is its own.
 */
export function foreignPermitNumbers(
  world: World,
  { personKey }: OracleOptions,
): readonly ForeignPermitNumber[] {
  const found = world.licences.flatMap(({ type, number, holder }) => {
    if (type !== 'POLLUTION_PERMIT' || holder.kind !== 'organisation') return [];
    const { uscc, formerUsccs } = itemOf(world.organisations, holder.index);
    const embedded = number.slice(0, 18);
    if (embedded === uscc || formerUsccs.includes(embedded)) return [];
    return [{ permit: number, embedded, holder: canonicalId(world, holder, personKey) }];
  });
  return found.sort((one, other) => compareTexts(one.permit, other.permit));
}

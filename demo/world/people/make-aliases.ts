import { randomFor } from '../../random.js';
import type { KeyAlias, Organisation } from '../world.js';

/** One of so many organisations got a new PRIPID when the register moved. */
const ONE_OF = 20;

/** Older keys of organisations: one of each twenty, so that every size has some. */
export function makeAliases(seed: number, organisations: readonly Organisation[]): readonly KeyAlias[] {
  const groups = Math.ceil(organisations.length / ONE_OF);
  return Array.from({ length: groups }, (_, group): KeyAlias => {
    const drawn = group * ONE_OF + randomFor(seed, 'alias', group).int(0, ONE_OF - 1);
    const organisation = Math.min(drawn, organisations.length - 1);
    // 98 is a node of the old system; keys of today have 00 there.
    return { kind: 'pripid', old: `33092298${String(organisation + 1).padStart(8, '0')}`, organisation };
  });
}

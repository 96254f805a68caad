import { randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { signOf } from '../people/names.js';
import type { Organisation } from '../world.js';
import { ORGANISATION } from '../world-base.js';

const YEARS = 5;
/** Shops, and farms that supply their neighbours. */
const SELLING: ReadonlySet<string> = new Set(['F5211', 'A0411']);
const SHARE = 0.1;
/** Firms that sell pesticides whatever the seed. */
const LANDMARKS: ReadonlySet<number> = new Set([1, 6]);

/** Licences for the trade in pesticides (农药经营许可证), of the place where they are sold. */
export function makePesticidePermits(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  return organisations.flatMap(({ index, industry, name, township, established, cancelledAt }) => {
    const random = randomFor(seed, 'pesticide-permit', index);
    const landmark = LANDMARKS.has(index);
    if (!landmark && !(SELLING.has(industry) && random.chance(SHARE))) return [];
    const gone = cancelledAt !== null && random.chance(0.7);
    const state = landmark ? 'VALID' : gone ? 'CANCELLED' : drawState(random);
    return [
      {
        department: 'AGRICULTURE',
        type: 'PESTICIDE_TRADE',
        number: `农药经许（浙）3309222${String(index + 1).padStart(6, '0')}`,
        holder: ORGANISATION(index),
        ...drawTerm(random, today, YEARS, !landmark && random.chance(0.15), established),
        state,
        township,
        siteName: `${signOf(name)}农资部`,
      },
    ];
  });
}

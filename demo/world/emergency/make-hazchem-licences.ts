import { randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { signOf } from '../people/names.js';
import type { Organisation } from '../world.js';
import { ORGANISATION } from '../world-base.js';
import { isWatched } from './watched-firms.js';

/** Of so many firms that the bureau looks after, one sells fuel, gas or paint beside its trade. */
const SELLS_EVERY = 6;
const YEARS = 3;

/** 危险化学品经营许可证; the one before a renewal has a number of its own. */
export function makeHazchemLicences(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  const sellers = organisations.filter(isWatched).filter((_, place) => place % SELLS_EVERY === 1);
  return sellers.map(({ index, township, name, established, cancelledAt }, place) => {
    const random = randomFor(seed, 'hazchem-licence', index);
    const term = drawTerm(random, today, YEARS, place % 5 === 3, established);
    const serial = String(place + 1).padStart(6, '0');
    return {
      department: 'EMERGENCY',
      type: 'HAZARDOUS_CHEMICALS',
      number: `浙舟(嵊)安经字[${term.validFrom.slice(0, 4)}]${serial}`,
      holder: ORGANISATION(index),
      ...term,
      state: cancelledAt === null ? drawState(random) : 'CANCELLED',
      township,
      siteName: `${signOf(name)}经营部`,
    };
  });
}

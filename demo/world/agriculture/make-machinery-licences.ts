import { randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { makePerson } from '../people/make-persons.js';
import { PERSON } from '../world-base.js';

const YEARS = 2;
/** One person of so many has a tractor or a transplanter, the first of them at `FIRST_PERSON`. */
const PERSONS_PER_MACHINE = 25;
const FIRST_PERSON = 7;
const EARLIEST = '2014-01-01';

/**
 * Licences of tractors and harvesters (拖拉机和联合收割机行驶证), all of them people's. They hold until the next yearly
 * inspection.
 */
export function makeMachineryLicences(seed: number, today: string, persons: number): readonly LicenceDraft[] {
  const count = Math.ceil((persons - FIRST_PERSON) / PERSONS_PER_MACHINE);
  return Array.from({ length: count }, (_, place): LicenceDraft => {
    const holder = PERSON(FIRST_PERSON + place * PERSONS_PER_MACHINE);
    const random = randomFor(seed, 'machinery', holder.index);
    return {
      department: 'AGRICULTURE',
      type: 'AGRICULTURAL_MACHINERY',
      number: `浙09${String(30_001 + place).padStart(5, '0')}`,
      holder,
      ...drawTerm(random, today, YEARS, place === 1 || random.chance(0.2), EARLIEST),
      state: place === 0 ? 'VALID' : drawState(random),
      township: makePerson(seed, holder.index).township,
      siteName: null,
    };
  });
}

import { type Random, randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import type { Organisation, SubjectPointer } from '../world.js';
import { ORGANISATION, PERSON } from '../world-base.js';

const YEARS = 4;
/** Trades that run vehicles of their own: fishing, processing, shops, shipping, tourism. */
const CARRYING: ReadonlySet<string> = new Set(['A0412', 'C1361', 'F5211', 'G5511', 'N7869']);
const SHARE = 0.12;
/** Firms that carry whatever the seed, and never lost their licence. */
const LANDMARKS: ReadonlySet<number> = new Set([0, 2, 9]);
/** One person of so many carries on their own account, the first of them at `FIRST_PERSON`. */
const PERSONS_PER_CARRIER = 30;
const FIRST_PERSON = 5;
const EARLIEST = '2012-01-01';
/** Running numbers begin here, those of people behind those of all organisations. */
const FIRST_SERIAL = 100_000;

/** Road transport licences (道路运输经营许可证) of firms and of people who drive their own lorry. */
export function makeRoadLicences(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
  persons: number,
): readonly LicenceDraft[] {
  const ofFirms = organisations.flatMap(({ index, industry, established, cancelledAt }) => {
    const random = randomFor(seed, 'road-licence', index);
    const landmark = LANDMARKS.has(index);
    if (!landmark && !(CARRYING.has(industry) && random.chance(SHARE))) return [];
    const gone = cancelledAt !== null && random.chance(0.7);
    const state = landmark ? 'VALID' : gone ? 'CANCELLED' : drawState(random);
    const ended = !landmark && random.chance(0.15);
    return [draft(random, { today, holder: ORGANISATION(index), serial: index, state, ended, established })];
  });
  const carriers = Math.ceil((persons - FIRST_PERSON) / PERSONS_PER_CARRIER);
  const ofPersons = Array.from({ length: carriers }, (_, place) => {
    const person = FIRST_PERSON + place * PERSONS_PER_CARRIER;
    const random = randomFor(seed, 'road-licence.person', person);
    const serial = organisations.length + person;
    const [state, ended] = [drawState(random), random.chance(0.15)];
    return draft(random, { today, holder: PERSON(person), serial, state, ended, established: EARLIEST });
  });
  return [...ofFirms, ...ofPersons];
}

interface Carrier {
  readonly today: string;
  readonly holder: SubjectPointer;
  readonly serial: number;
  readonly state: string;
  readonly ended: boolean;
  readonly established: string;
}

function draft(random: Random, carrier: Carrier): LicenceDraft {
  const { today, holder, serial, state, ended, established } = carrier;
  return {
    department: 'TRANSPORT',
    type: 'ROAD_TRANSPORT',
    number: `浙交运管许可舟字330922${String(FIRST_SERIAL + serial).padStart(6, '0')}号`,
    holder,
    ...drawTerm(random, today, YEARS, ended, established),
    state,
    township: null,
    siteName: null,
  };
}

import { type Random, randomFor } from '../../random.js';
import { addDays, laterDay } from '../days.js';
import { LODGING, TOURISM } from '../market/industries.js';
import type { LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { signOf } from '../people/names.js';
import type { Licence, Organisation, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

/** Of 100 firms of a trade, how many run a travel agency. */
const SHARES: ReadonlyMap<string, number> = new Map([
  [TOURISM, 70],
  [LODGING, 4],
]);
/** So many firms of lodging in business run one whatever the seed; those before hold other landmarks. */
const LANDMARKS = 3;
const FIRST_LANDMARK = 12;
/** Since the regulation of 2009 the licence has no end. */
const FIRST_DAY = '2009-05-01';

/** 旅行社业务经营许可证 of the culture bureau, held by firms alone. */
export function makeTravelAgencies(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  const held = organisations.filter(({ uscc, regState }) => uscc !== null && regState === 'ACTIVE');
  const landmarks = new Set(
    held
      .filter(({ index, industry }) => industry === LODGING && index >= FIRST_LANDMARK)
      .slice(0, LANDMARKS)
      .map(({ index }) => index),
  );
  return held.flatMap(({ index, industry, established, township, name }): readonly LicenceDraft[] => {
    const random = randomFor(seed, 'travel-agency', index);
    const drawn = random.chance((SHARES.get(industry) ?? 0) / 100);
    if (!drawn && !landmarks.has(index)) return [];
    const since = laterDay(laterDay(established, FIRST_DAY), addDays(today, -random.int(60, 4000)));
    const state = drawState(random);
    return [
      {
        department: 'CULTURE',
        type: 'TRAVEL_AGENCY',
        number: `L-ZJ${String(9000 + index).padStart(5, '0')}`,
        holder: ORGANISATION(index),
        validFrom: since,
        validTo: null,
        state: landmarks.has(index) ? 'VALID' : state,
        township,
        siteName: `${signOf(name)}旅行社`,
      },
    ];
  });
}

/** What a travel agency may do, and what it has deposited for it. */
export interface TravelAgency {
  readonly scope: readonly ('境内旅游' | '入境旅游' | '出境旅游')[];
  readonly branches: number;
  /** 质量保证金, yuan with two decimals. */
  readonly deposit: string;
  /** How it is deposited: money in a bank, or a bank's or insurer's guarantee. */
  readonly depositedAs: 'BANK_DEPOSIT' | 'BANK_GUARANTEE' | 'INSURANCE';
}

export function travelAgencyOf({ seed }: World, { index }: Pick<Licence, 'index'>): TravelAgency {
  const random = randomFor(seed, 'travel-agency.terms', index);
  const abroad = random.chance(0.3);
  const branches = drawBranches(random);
  return {
    scope: abroad ? ['境内旅游', '入境旅游', '出境旅游'] : ['境内旅游', '入境旅游'],
    branches,
    deposit: `${depositOf(abroad, branches)}.00`,
    depositedAs: random.pick(['BANK_DEPOSIT', 'BANK_DEPOSIT', 'BANK_GUARANTEE', 'INSURANCE'] as const),
  };
}

function drawBranches(random: Random): number {
  return random.chance(0.6) ? 0 : random.int(1, 3);
}

/** Regulation on Travel Agencies, arts. 13 and 14: 200,000 yuan, 1,200,000 more for tours abroad; by branch 50,000 and 300,000. */
function depositOf(abroad: boolean, branches: number): number {
  return 200_000 + branches * 50_000 + (abroad ? 1_200_000 + branches * 300_000 : 0);
}

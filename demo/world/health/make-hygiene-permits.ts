import { type Random, randomFor } from '../../random.js';
import type { HomestayPlan } from '../culture/plan-homestays.js';
import { addDays } from '../days.js';
import { HAIRDRESSER, KARAOKE, LODGING, SHOP } from '../market/industries.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { CANCELLED_LANDMARK, REVOKED_LANDMARK } from '../market/make-organisations.js';
import { signOf } from '../people/names.js';
import type { Homestay, Organisation, SubjectPointer } from '../world.js';
import { ORGANISATION } from '../world-base.js';

const YEARS = 4;
/** Of 100 firms of these trades, how many hold one: all but big shops need one, and not all have it. */
const SHARES: ReadonlyMap<string, number> = new Map([
  [LODGING, 80],
  [HAIRDRESSER, 90],
  [KARAOKE, 70],
  [SHOP, 10],
]);
const EARLIEST = '2010-01-01';

/** A public place (公共场所) and whoever answers for it. */
interface Place {
  readonly holder: SubjectPointer;
  readonly township: string;
  readonly siteName: string | null;
  /** Nobody is licensed before that day. */
  readonly notBefore: string;
}

/**
 * Hygiene permits of the health bureau: of homestays as planned, of other lodgings, hairdressers, karaoke bars and
 * some shops, and of the guest houses of two firms that are gone. The permit before a renewal has a number of its own.
 */
export function makeHygienePermits(
  seed: number,
  today: string,
  homestays: readonly { readonly homestay: Homestay; readonly plan: HomestayPlan }[],
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  const permits: LicenceDraft[] = [];
  const write = (place: Place, term: Pick<LicenceDraft, 'validFrom' | 'validTo'>, state: string) => {
    const serial = String(permits.length + 1).padStart(6, '0');
    const { holder, township, siteName } = place;
    permits.push({
      department: 'HEALTH',
      type: 'HYGIENE_PERMIT',
      number: `浙卫公证字〔${term.validFrom.slice(0, 4)}〕第330922${serial}号`,
      ...{ holder, ...term, state, township, siteName },
    });
  };
  const license = (random: Random, place: Place, fortune: HomestayPlan['hygiene']) => {
    if (fortune === 'ABSENT') return;
    const term = drawTerm(random, today, YEARS, fortune === 'EXPIRED', place.notBefore);
    const before = addDays(term.validFrom, -365 * YEARS);
    if (random.chance(0.3) && before >= place.notBefore) {
      const ended = { validFrom: before, validTo: addDays(term.validFrom, -1) };
      write(place, ended, fortune === 'CANCELLED' || random.chance(0.5) ? 'CANCELLED' : 'VALID');
    }
    write(place, term, fortune === 'CANCELLED' ? 'CANCELLED' : 'VALID');
  };
  const operating = new Set<number>();
  for (const { homestay, plan } of homestays) {
    const { index, operator: holder, township, name: siteName } = homestay;
    const firm = holder.kind === 'organisation' ? organisations[holder.index] : undefined;
    if (holder.kind === 'organisation') operating.add(holder.index);
    const place = { holder, township, siteName, notBefore: firm?.established ?? EARLIEST };
    license(randomFor(seed, 'hygiene.homestay', index), place, plan.hygiene);
  }
  for (const organisation of organisations) {
    const random = randomFor(seed, 'hygiene.firm', organisation.index);
    const place = placeOf(organisation);
    if (isGoneLandmark(organisation))
      license(random, { ...place, siteName: guestHouseOf(organisation) }, 'VALID');
    else if (!operating.has(organisation.index)) license(random, place, drawFortune(random, organisation));
  }
  return permits;
}

function placeOf({ index, township, established, industry, name }: Organisation): Place {
  const own = industry === HAIRDRESSER || industry === KARAOKE ? signOf(name) : null;
  return { holder: ORGANISATION(index), township, siteName: own, notBefore: established };
}

function drawFortune(random: Random, { industry, cancelledAt }: Organisation): HomestayPlan['hygiene'] {
  if (!random.chance((SHARES.get(industry) ?? 0) / 100)) return 'ABSENT';
  if (cancelledAt !== null && random.chance(0.7)) return 'CANCELLED';
  const hundredth = random.int(0, 99);
  return hundredth < 83 ? 'VALID' : hundredth < 95 ? 'EXPIRED' : 'CANCELLED';
}

function isGoneLandmark({ index }: Organisation): boolean {
  return index === REVOKED_LANDMARK || index === CANCELLED_LANDMARK;
}

function guestHouseOf({ name }: Organisation): string {
  return `${signOf(name).slice(0, 2)}招待所`;
}

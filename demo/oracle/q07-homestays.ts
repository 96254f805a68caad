import type { Licence, World } from '../world/world.js';
import { compareTexts, groupBySubject, pointerKey } from './by-subject.js';
import { canonicalId, nameOf } from './canonical-id.js';
import { isExpired, isValid } from './legal-clocks.js';
import { type LicenceFacts, licenceFacts, type OracleOptions } from './records.js';

interface UnhygienicHomestay {
  readonly id: string;
  readonly name: string | null;
  /** Homestays in the township whose permit is valid, by permit number. */
  readonly sites: readonly { readonly name: string | null; readonly permitNumber: string }[];
  /** Numbers of valid food licences. */
  readonly foodLicences: readonly string[];
  /** `ABSENT`: there never was a hygiene permit; `EXPIRED`: one ended; `CANCELLED`: all others. */
  readonly lack: 'ABSENT' | 'EXPIRED' | 'CANCELLED';
  /** Hygiene permits, none of them valid, by number. */
  readonly hygienePermits: readonly LicenceFacts[];
}

interface HomestayOptions extends OracleOptions {
  /** 9 digits. */
  readonly township: string;
}

/**
 * Question 7: who runs a homestay of the township under a valid permit and holds a valid food licence, but no valid
 * hygiene permit for any place. By canonical id.
 */
export function unhygienicHomestays(world: World, options: HomestayOptions): readonly UnhygienicHomestay[] {
  const today = options.today ?? world.today;
  const sites = world.licences.filter(
    (licence) =>
      licence.type === 'HOMESTAY_PERMIT' && licence.township === options.township && isValid(licence, today),
  );
  const food = heldOf(world, (licence) => licence.type === 'FOOD_TRADE' && isValid(licence, today));
  const hygiene = heldOf(world, ({ type }) => type === 'HYGIENE_PERMIT');
  const found = [...groupBySubject(sites, ({ holder }) => holder).values()].flatMap(({ subject, items }) => {
    const foodLicences = food(pointerKey(subject));
    const permits = hygiene(pointerKey(subject));
    if (foodLicences.length === 0 || permits.some((permit) => isValid(permit, today))) return [];
    return [
      {
        id: canonicalId(world, subject, options.personKey),
        name: nameOf(world, subject),
        sites: items
          .map(({ siteName: name, number: permitNumber }) => ({ name, permitNumber }))
          .sort((a, b) => compareTexts(a.permitNumber, b.permitNumber)),
        foodLicences: foodLicences.map(({ number }) => number),
        lack: lackOf(permits, today),
        hygienePermits: permits.map((permit) => licenceFacts(permit, today)),
      },
    ];
  });
  return found.sort((a, b) => compareTexts(a.id, b.id));
}

/** Licences of a kind, by holder and then by number. */
function heldOf(world: World, ofKind: (licence: Licence) => boolean): (key: string) => readonly Licence[] {
  const groups = groupBySubject(world.licences.filter(ofKind), ({ holder }) => holder);
  return (key) => [...(groups.get(key)?.items ?? [])].sort((a, b) => compareTexts(a.number, b.number));
}

function lackOf(permits: readonly Licence[], today: string): UnhygienicHomestay['lack'] {
  if (permits.length === 0) return 'ABSENT';
  return permits.some((permit) => isExpired(permit, today)) ? 'EXPIRED' : 'CANCELLED';
}

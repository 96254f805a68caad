import { canonicalId, itemOf } from '../../../demo/oracle/canonical-id.js';
import { licenceFacts } from '../../../demo/oracle/records.js';
import { subjectName } from '../../../demo/stores/subject-code.js';
import { sportsVenueOf } from '../../../demo/world/culture/make-sports-licences.js';
import { travelAgencyOf } from '../../../demo/world/culture/make-travel-agencies.js';
import { townshipOf } from '../../../demo/world/townships.js';
import type { Licence, World } from '../../../demo/world/world.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byNumber, countOf, marksOfLoss, readList } from './read-list.js';

interface LicenceNode {
  readonly interface: string;
  readonly number: string;
  readonly validTo: string | null;
  readonly subject: { readonly id: string } | null;
  readonly quality: readonly string[];
  readonly hygiene: Readonly<Record<string, unknown>> | null;
  readonly medical: Readonly<Record<string, unknown>> | null;
  readonly entertainment: Readonly<Record<string, unknown>> | null;
  readonly travelAgency: Readonly<Record<string, unknown>> | null;
  readonly sportsVenue: Readonly<Record<string, unknown>> | null;
  readonly homestay: {
    readonly houseName: string;
    readonly longitude: string;
    readonly latitude: string;
    readonly quality: readonly string[];
  } | null;
}

const HELD_BY: ReadonlyMap<string, string> = new Map([
  ['HYGIENE_PERMIT', 'health.hygiene-permit'],
  ['MEDICAL_INSTITUTION', 'health.medical-institution'],
  ['HOMESTAY_PERMIT', 'culture.homestay'],
  ['ENTERTAINMENT', 'culture.entertainment-permit'],
  ['TRAVEL_AGENCY', 'culture.travel-agency'],
  ['HIGH_RISK_SPORTS', 'culture.sports-licence'],
]);

const SELECTION = `interface department type number validFrom validTo state expired township subject { id } quality
  hygiene { placeName year handledAt }
  medical { institutionName approvedAt head specialities }
  entertainment { placeName scope firstIssuedAt }
  travelAgency { agencyName scope branches deposit depositedAs }
  sportsVenue { venueName sport capacity rescuers instructors }
  homestay { houseName address sheet rooms beds grade openedAt longitude latitude quality }`;

function agencyFacts(world: World, licence: Licence) {
  const { scope, branches, deposit, depositedAs } = travelAgencyOf(world, licence);
  return { agencyName: licence.siteName, scope, branches, deposit: Number(deposit), depositedAs };
}

/** Hygiene permits and medical institutions over SOAP; homestays, places of entertainment, travel agencies and sports as dropped files. */
export function describeLicences(county: () => StoredCounty): void {
  describe('licences of health and culture', () => {
    let nodes: readonly LicenceNode[];
    let held: readonly Licence[];

    beforeAll(async () => {
      const interfaces = JSON.stringify([...HELD_BY.values()]);
      nodes = await readList<LicenceNode>(county(), 'licences', `{interface: ${interfaces}}`, SELECTION);
      held = county().world.licences.filter(({ type }) => HELD_BY.has(type));
    }, 60_000);

    it('come exactly once each, as the world knows them', () => {
      const { world } = county();
      const expected = held.map((licence) => ({
        interface: HELD_BY.get(licence.type),
        ...licenceFacts(licence, world.today),
        township: licence.township,
        subject: { id: canonicalId(world, licence.holder, PERSON_KEY) },
      }));
      expect(new Set(nodes.map((node) => node.interface)).size).toBe(HELD_BY.size);
      expect(
        byNumber(
          nodes.map(
            ({
              quality: _q,
              hygiene: _h,
              medical: _m,
              entertainment: _e,
              homestay: _l,
              travelAgency: _t,
              sportsVenue: _s,
              ...facts
            }) => facts,
          ),
        ),
      ).toEqual(byNumber(expected));
    });

    it('are read without loss, codes repaired and counted', () => {
      expect(marksOfLoss(nodes)).toEqual([]);
      expect(countOf(nodes, 'ID_REPAIRED:subject')).toBeGreaterThan(0);
    });

    it('are ordered across the sources that can sort and those that cannot', () => {
      const ends = nodes.map(({ validTo }) => validTo ?? '');
      expect(ends).toEqual([...ends].sort().reverse());
    });

    it('have facets that say what the world says', () => {
      const known = new Map(nodes.map((node) => [node.number, node]));
      for (const licence of held) {
        const { hygiene, medical, entertainment, travelAgency, sportsVenue } =
          known.get(licence.number) ?? itemOf(nodes, -1);
        const siteName = licence.siteName ?? subjectName(county().world, licence.holder);
        const { type, validFrom } = licence;
        expect(hygiene).toEqual(
          type === 'HYGIENE_PERMIT'
            ? { placeName: siteName, year: validFrom.slice(0, 4), handledAt: expect.any(String) }
            : null,
        );
        expect(medical).toEqual(
          type === 'MEDICAL_INSTITUTION'
            ? {
                institutionName: siteName,
                approvedAt: validFrom,
                head: expect.stringMatching(/^.{1,2}\*+$/u),
                specialities: expect.arrayContaining([expect.any(String)]),
              }
            : null,
        );
        expect(entertainment && { ...entertainment, firstIssuedAt: validFrom }).toEqual(
          type === 'ENTERTAINMENT'
            ? { placeName: siteName, scope: ['歌舞娱乐服务', '预包装食品销售'], firstIssuedAt: validFrom }
            : null,
        );
        expect(travelAgency && { ...travelAgency, deposit: Number(travelAgency.deposit) }).toEqual(
          type === 'TRAVEL_AGENCY' ? agencyFacts(county().world, licence) : null,
        );
        expect(sportsVenue).toEqual(
          type === 'HIGH_RISK_SPORTS'
            ? { venueName: siteName, ...sportsVenueOf(county().world, licence) }
            : null,
        );
      }
    });

    it('hold the whole ledger of homestays', () => {
      const houses = nodes.flatMap(({ number, homestay }) =>
        homestay === null ? [] : [{ number, ...homestay }],
      );
      const expected = county().world.homestays.map((house) => ({
        number: house.permitNumber,
        houseName: house.name,
        address: house.address,
        sheet: townshipOf(house.township).name,
        rooms: house.rooms,
        beds: house.beds,
        grade: house.level,
        openedAt: house.openedOn,
        longitude: house.lon,
        latitude: house.lat,
      }));
      expect(
        byNumber(
          houses.map(({ quality: _quality, ...house }) => ({
            ...house,
            longitude: Number(house.longitude),
            latitude: Number(house.latitude),
          })),
        ),
      ).toEqual(byNumber(expected));
      expect(marksOfLoss(houses)).toEqual([]);
      expect(countOf(houses, 'COORDINATE_SWAPPED:longitude')).toBeGreaterThan(0);
    });
  });
}

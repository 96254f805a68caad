import { canonicalId, itemOf } from '../../../demo/oracle/canonical-id.js';
import { passengerTripsOf } from '../../../demo/world/transport/passenger-trips.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byText, readFacet } from './read-facet.js';
import { momentOf, readList } from './read-list.js';

interface TripNode {
  readonly subject: { readonly id: string } | null;
  readonly passengerTrip: object | null;
}

/** Trips over a JSON service that is asked by POST, and ledgers of companies out of a workbook. */
export function describeTransport(county: () => StoredCounty): void {
  describe('the transport bureau', () => {
    it('tells every passenger trip at the ship that made it, at boats of the marine register too', async () => {
      const { world } = county();
      const trips = await readList<TripNode>(
        county(),
        'portCalls',
        '{department: [TRANSPORT]}',
        'reportedAt date direction port gear closedSeason subject { id } passengerTrip { route passengers }',
      );
      const expected = [...passengerTripsOf(world)].map((trip) => {
        const { ship, reportedAt, direction, port, passengers } = trip;
        const { shipCode, vessel, route } = ship;
        const fishing = { kind: 'vessel', index: vessel ?? -1 } as const;
        const id = shipCode === null ? canonicalId(world, fishing, PERSON_KEY) : `vessel:${shipCode}`;
        // Nobody asks them for gear, so no season is known to be closed to them.
        const calls = { direction, port, gear: null, closedSeason: null };
        return {
          id,
          reportedAt: momentOf(reportedAt),
          date: reportedAt.slice(0, 10),
          ...calls,
          route,
          passengers,
        };
      });
      const told = trips.map(({ subject, passengerTrip, ...call }) => ({
        ...call,
        ...subject,
        ...passengerTrip,
      }));
      expect(byText(told)).toEqual(byText(expected));
    }, 60_000);

    it('tells every vehicle that a company lists, and its driver under a mask', async () => {
      const { world } = county();
      const listed = await readFacet(
        county(),
        'transport.companyVehicles',
        'ORGANISATION, INDIVIDUAL_BUSINESS',
        'annualCheckTo insuredTo vehicleKind driver',
      );
      const expected = world.vehicles
        .filter(({ operator }) => operator.kind === 'organisation')
        .map(({ index, operator, kind, checkedUntil, insuredUntil }) => ({
          id: canonicalId(world, operator, PERSON_KEY),
          annualCheckTo: checkedUntil,
          insuredTo: insuredUntil,
          vehicleKind: kind,
          driver: masked(itemOf(world.persons, index % world.persons.length).name),
        }));
      expect(byText(listed)).toEqual(byText(expected));
    }, 60_000);
  });
}

/** The surname stays, of one or two characters. */
function masked(name: string): string {
  const surname = name.startsWith('欧阳') ? 2 : 1;
  return name.slice(0, surname) + '*'.repeat(name.length - surname);
}

import { canonicalId, itemOf } from '../../../demo/oracle/canonical-id.js';
import { passengerTripsOf } from '../../../demo/world/transport/passenger-trips.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byText, readFacet } from './read-facet.js';
import { momentOf } from './read-list.js';

/** Trips over a JSON service that is asked by POST, and ledgers of companies out of a workbook. */
export function describeTransport(county: () => StoredCounty): void {
  describe('the transport bureau', () => {
    it('tells every passenger trip at the ship that made it, at boats of the marine register too', async () => {
      const { world } = county();
      const trips = await readFacet(
        county(),
        'transport.passengerTrips',
        'VESSEL',
        'reportedAt direction port route passengers',
      );
      const expected = [...passengerTripsOf(world)].map((trip) => {
        const { ship, reportedAt, direction, port, passengers } = trip;
        const { shipCode, vessel, route } = ship;
        const fishing = { kind: 'vessel', index: vessel ?? -1 } as const;
        const id = shipCode === null ? canonicalId(world, fishing, PERSON_KEY) : `vessel:${shipCode}`;
        return { id, reportedAt: momentOf(reportedAt), direction, port, route, passengers };
      });
      expect(byText(trips)).toEqual(byText(expected));
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

import { canonicalId } from '../../../demo/oracle/canonical-id.js';
import { readingsOf } from '../../../demo/world/environment/make-readings.js';
import { imageSpotsOf } from '../../../demo/world/planning/make-image-spots.js';
import { parcelsOf } from '../../../demo/world/planning/make-parcels.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { momentOf, readList } from './read-list.js';

interface Reading {
  readonly works: string;
  readonly outlet: string;
  readonly monitoredAt: string;
  readonly average: string | null;
  readonly exceeds: boolean | null;
}

interface Found {
  readonly id: string;
  readonly environment: { readonly readings: readonly Reading[] };
  readonly planning: {
    readonly parcels: readonly { readonly parcelCode: string }[];
    readonly imageSpots: readonly { readonly spotNumber: string }[];
  };
}

/** What hangs at subjects alone: each row is found under everybody whom it names, and under nobody else. */
export function describeLandAndOutlets(county: () => StoredCounty): void {
  describe('land and outlets', () => {
    let found: readonly Found[];
    beforeAll(async () => {
      found = await readList<Found>(
        county(),
        'subjects',
        '{kind: [ORGANISATION, INDIVIDUAL_BUSINESS, PERSON]}',
        `id
        environment { readings(first: 500) { works outlet monitoredAt average exceeds } }
        planning { parcels(first: 500) { parcelCode } imageSpots(first: 500) { spotNumber } }`,
      );
    }, 60_000);

    it('every parcel is found under each of its owners', () => {
      const { world } = county();
      const owned = parcelsOf(world).flatMap(({ owners, parcelCode }) =>
        owners.map((owner) => `${canonicalId(world, owner, PERSON_KEY)} ${parcelCode}`),
      );
      expect(
        found
          .flatMap(({ id, planning }) => planning.parcels.map((each) => `${id} ${each.parcelCode}`))
          .sort(),
      ).toEqual(owned.sort());
    });

    it('every image spot is found under whoever uses the land', () => {
      const { world } = county();
      const used = imageSpotsOf(world).flatMap(({ user, number }) =>
        user === null ? [] : [`${canonicalId(world, user, PERSON_KEY)} ${number}`],
      );
      expect(
        found
          .flatMap(({ id, planning }) => planning.imageSpots.map((each) => `${id} ${each.spotNumber}`))
          .sort(),
      ).toEqual(used.sort());
    });

    it('every reading of an outlet is found under its firm, at its time', () => {
      const { world } = county();
      const measured = [...readingsOf(world)].map(({ outlet, at, average, exceeds }) => [
        canonicalId(world, outlet.holder, PERSON_KEY),
        outlet.works,
        outlet.code,
        momentOf(at),
        average === null ? null : Number(average),
        exceeds,
      ]);
      const told = found.flatMap(({ id, environment }) =>
        environment.readings.map(({ works, outlet, monitoredAt, average, exceeds }) => [
          id,
          works,
          outlet,
          monitoredAt,
          average === null ? null : Number(average),
          exceeds,
        ]),
      );
      const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
      expect(sorted(told)).toEqual(sorted(measured));
    });
  });
}

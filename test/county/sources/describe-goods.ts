import { canonicalId } from '../../../demo/oracle/canonical-id.js';
import { samplingsOf } from '../../../demo/world/market/samplings.js';
import { specialEquipmentOf } from '../../../demo/world/market/special-equipment.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byText, readFacet } from './read-facet.js';

const FIRMS = 'ORGANISATION, INDIVIDUAL_BUSINESS';

/** What market regulation knows of the goods and the equipment of a firm, in its exchange database. */
export function describeGoods(county: () => StoredCounty): void {
  describe('goods and equipment', () => {
    it('tells every piece of special equipment at the firm that uses it', async () => {
      const { world } = county();
      const found = await readFacet(
        county(),
        'market.equipment',
        FIRMS,
        'registrationCode category state inspectedOn',
      );
      const expected = [...specialEquipmentOf(world)].map(({ user, code, category, state, inspectedOn }) => ({
        id: canonicalId(world, user, PERSON_KEY),
        registrationCode: code,
        ...{ category, state, inspectedOn },
      }));
      expect(byText(found)).toEqual(byText(expected));
    }, 60_000);

    it('tells every sample at its producer, and at whoever had it on sale', async () => {
      const { world } = county();
      const selection = 'sampleNo sampledOn conclusion failedItem rawMeasured producerName';
      const rowsOf = (pointOf: 'producer' | 'place') =>
        samplingsOf(world).flatMap((sampling) => {
          const { number, sampledOn, failure, producerName } = sampling;
          const pointer = sampling[pointOf];
          if (pointer === null) return [];
          return {
            id: canonicalId(world, pointer, PERSON_KEY),
            ...{ sampleNo: number, sampledOn, producerName },
            conclusion: failure === null ? 'QUALIFIED' : 'UNQUALIFIED',
            failedItem: failure?.item ?? null,
            rawMeasured: failure?.measured ?? null,
          };
        });
      const made = await readFacet(county(), 'market.samplings', FIRMS, selection);
      expect(byText(made)).toEqual(byText(rowsOf('producer')));
      const taken = await readFacet(county(), 'market.samplingsThere', FIRMS, selection);
      expect(byText(taken)).toEqual(byText(rowsOf('place')));
    }, 60_000);
  });
}

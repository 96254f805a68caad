import { canonicalId } from '../../../demo/oracle/canonical-id.js';
import { productTestsOf } from '../../../demo/world/agriculture/product-tests.js';
import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byText, readFacet } from './read-facet.js';
import { readList } from './read-list.js';

interface Permit {
  readonly number: string;
  readonly subject: { readonly id: string };
}

/** Exports of a low-code platform's forms, as workbooks. */
export function describeAgriculture(county: () => StoredCounty): void {
  describe('the agriculture bureau', () => {
    it('tells every test of produce at its producer, farm or person, in milligrams per kilogram', async () => {
      const { world } = county();
      const tests = await readFacet(
        county(),
        'agriculture.productTests',
        'ORGANISATION, INDIVIDUAL_BUSINESS, PERSON',
        'sampleNo sampledOn product item measured limit conclusion',
      );
      const number = (text: unknown): number | null => (text === null ? null : Number(text));
      const expected = productTestsOf(world).map((test) => {
        const { sampleNo, sampledOn, product, item, measured, limit, passed, producer } = test;
        return {
          id: canonicalId(world, producer, PERSON_KEY),
          ...{ sampleNo, sampledOn, product, item },
          ...{ measured: number(measured), limit: number(limit) },
          conclusion: passed ? 'QUALIFIED' : 'UNQUALIFIED',
        };
      });
      const found = tests.map(({ measured, limit, ...test }) => ({
        ...test,
        ...{ measured: number(measured), limit: number(limit) },
      }));
      expect(byText(found)).toEqual(byText(expected));
    }, 60_000);

    it('tells every pesticide permit, whatever the width of its brackets', async () => {
      const { world } = county();
      const where = '{interface: ["agriculture.pesticide-permit"]}';
      const nodes = await readList<Permit>(county(), 'licences', where, 'number subject { id }');
      const issued = world.licences.filter(({ type }) => type === 'PESTICIDE_TRADE');
      const pair = (number: string, id: string): string => `${normaliseDocumentNumber(number)} ${id}`;
      expect(nodes.map(({ number, subject }) => pair(number, subject.id)).sort()).toEqual(
        issued.map(({ number, holder }) => pair(number, canonicalId(world, holder, PERSON_KEY))).sort(),
      );
    }, 60_000);
  });
}

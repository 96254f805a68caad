import { canonicalId } from '../../../demo/oracle/canonical-id.js';
import { isMasked } from '../../../demo/stores/planning/forest-right.js';
import { hazardDeclarationsOf } from '../../../demo/world/health/occupational-hazards.js';
import { waterTestsOf } from '../../../demo/world/health/water-tests.js';
import { crewsOf } from '../../../demo/world/marine/crews.js';
import { seaFarmOf } from '../../../demo/world/marine/make-aquaculture-permits.js';
import { forestRightsOf } from '../../../demo/world/planning/make-forest-rights.js';
import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byText, readFacet } from './read-facet.js';
import { readList } from './read-list.js';

const ANYBODY = 'ORGANISATION, INDIVIDUAL_BUSINESS, PERSON';

interface Permit {
  readonly number: string;
  readonly subject: { readonly id: string };
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly valid: boolean;
  readonly aquaculture: { readonly areaMu: string; readonly method: string };
}

const numberOf = (text: unknown): number | null => (text === null ? null : Number(text));

/** Sea farms and crews, drinking water and declared hazards, forest rights: every row under whomever it names. */
export function describeFurtherFacets(county: () => StoredCounty): void {
  describe('farms, crews, water, hazards and woods', () => {
    it('tells every permit to farm the sea at its holder, firm or person', async () => {
      const { world } = county();
      const where = '{interface: ["marine.aquaculture-permit"], type: [AQUACULTURE]}';
      const selection = 'number validFrom validTo valid subject { id } aquaculture { areaMu method }';
      const nodes = await readList<Permit>(county(), 'licences', where, selection);
      const issued = world.licences.filter(({ type }) => type === 'AQUACULTURE');
      const told = nodes.map(({ number, validFrom, validTo, valid, subject, aquaculture }) => ({
        ...{ validFrom, validTo, valid },
        number: normaliseDocumentNumber(number),
        id: subject.id,
        mu: Number(aquaculture.areaMu).toFixed(4),
        method: aquaculture.method,
      }));
      const expected = issued.map((licence) => {
        const { areaSqm, method } = seaFarmOf(world, licence);
        const { validFrom, validTo, state } = licence;
        const valid = state === 'VALID' && (validTo === null || validTo >= world.today);
        const validity = { validFrom, validTo, valid };
        const mu = (Number(areaSqm) * 0.0015).toFixed(4);
        const number = normaliseDocumentNumber(licence.number);
        return { ...validity, number, id: canonicalId(world, licence.holder, PERSON_KEY), mu, method };
      });
      expect(byText(told)).toEqual(byText(expected));
    }, 60_000);

    it('tells everybody who serves on a vessel at the vessel, with or without a certificate', async () => {
      const { world } = county();
      const told = await readFacet(county(), 'marine.crew', 'VESSEL', 'post certified state joinedOn');
      const expected = [...crewsOf(world)].map(({ vessel, post, certificate, joinedOn }) => ({
        id: canonicalId(world, { kind: 'vessel', index: vessel }, PERSON_KEY),
        post: post ?? 'UNKNOWN',
        certified: certificate !== null,
        state: certificate?.state ?? null,
        joinedOn,
      }));
      expect(byText(told)).toEqual(byText(expected));
    }, 60_000);

    it('tells every test of drinking water at whoever supplies it, in milligrams per litre', async () => {
      const { world } = county();
      const told = await readFacet(
        county(),
        'health.waterTests',
        ANYBODY,
        'sampleNo indicator sampledOn value limit conclusion',
      );
      const expected = [...waterTestsOf(world)].map(({ sampleNo, sampledOn, indicator, value, ...test }) => {
        const isConcentration = indicator.unit === 'mg/L';
        return {
          id: canonicalId(world, test.supplier, PERSON_KEY),
          ...{ sampleNo, sampledOn, indicator: indicator.name },
          value: isConcentration ? numberOf(value) : null,
          limit: isConcentration ? numberOf(indicator.limit) : null,
          conclusion: test.passed ? 'QUALIFIED' : 'UNQUALIFIED',
        };
      });
      const found = told.map(({ value, limit, ...test }) => ({
        ...test,
        ...{ value: numberOf(value), limit: numberOf(limit) },
      }));
      expect(byText(found)).toEqual(byText(expected));
    }, 60_000);

    it('tells every declaration of hazards at the employer', async () => {
      const { world } = county();
      const told = await readFacet(
        county(),
        'health.hazardDeclarations',
        ANYBODY,
        'declarationNo declaredOn factors workers workersExposed risk',
      );
      const expected = hazardDeclarationsOf(world).map((declaration) => {
        const { number, declaredOn, factors, workers, exposed, risk, employer } = declaration;
        const id = canonicalId(world, employer, PERSON_KEY);
        return { id, declarationNo: number, declaredOn, factors, workers, workersExposed: exposed, risk };
      });
      expect(byText(told)).toEqual(byText(expected));
    }, 60_000);

    it('tells every forest right under each holder whose number can be read', async () => {
      const { world } = county();
      const told = await readFacet(
        county(),
        'planning.forestRights',
        ANYBODY,
        'certificateNo forestKind useTo',
      );
      const expected = forestRightsOf(world).flatMap((right) =>
        right.holders.flatMap((holder) =>
          holder === null || isMasked(right, holder)
            ? []
            : [
                {
                  id: canonicalId(world, holder, PERSON_KEY),
                  certificateNo: normaliseDocumentNumber(right.number),
                  forestKind: right.forestKind,
                  useTo: right.to,
                },
              ],
        ),
      );
      const found = told.map(({ certificateNo, ...right }) => ({
        ...right,
        certificateNo: normaliseDocumentNumber(String(certificateNo)),
      }));
      expect(byText(found)).toEqual(byText(expected));
    }, 60_000);
  });
}

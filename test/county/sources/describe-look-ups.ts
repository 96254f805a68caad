import { canonicalId } from '../../../demo/oracle/canonical-id.js';
import { vesselFacts } from '../../../demo/oracle/q03-vessel.js';
import { procedureOf } from '../../../demo/world/cases/case-procedure.js';
import { PERSON_KEY } from '../open-test-county.js';
import type { StoredCounty } from '../stored-county.js';
import { byText } from './read-facet.js';
import { countOf, marksOfLoss, readList } from './read-list.js';

interface Facts {
  readonly quality: readonly string[];
}

interface Position extends Facts {
  readonly at: string;
  readonly longitude: string;
  readonly latitude: string;
  readonly speedKn: string;
  readonly courseDegrees: number;
  readonly signal: string;
  readonly reportedName: string;
}

interface LegalPerson extends Facts {
  readonly registeredCapital: string;
  readonly industry: string;
}

interface CaseDetail extends Facts {
  readonly hearingDate: string | null;
  readonly hearingResult: string | null;
  readonly reviewDate: string | null;
  readonly discussionDate: string | null;
  readonly paidAmount: string | null;
}

/** The platform counts in 1/600000 of a degree. */
const inParts = (degrees: string | number): number => Math.round(Number(degrees) * 600_000);

const present = <T>(rows: Iterable<T | null>): readonly T[] => [...rows].filter((row) => row !== null);

/** Sources that tell of one subject or case at a time. */
export function describeLookUps(county: () => StoredCounty): void {
  it('every vessel has its latest position, or none', async () => {
    const { world } = county();
    const vessels = await readList<{ id: string; marine: { latestPosition: Position | null } }>(
      county(),
      'subjects',
      '{kind: [VESSEL]}',
      'id marine { latestPosition { at longitude latitude speedKn courseDegrees signal reportedName quality } }',
    );
    const known = new Map(vessels.map(({ id, marine }) => [id, marine.latestPosition]));
    const fixes = present(known.values());
    for (const { vesselCode, name } of world.vessels) {
      const position = vesselFacts(world, vesselCode, { personKey: PERSON_KEY })?.position ?? null;
      const found = known.get(`vessel:${vesselCode}`);
      expect(
        found && [
          found.at,
          inParts(found.longitude),
          inParts(found.latitude),
          Number(found.speedKn),
          found.courseDegrees,
          found.signal,
          found.reportedName.replace(/号$/, ''),
        ],
      ).toEqual(
        position && [
          position.at,
          inParts(position.lon),
          inParts(position.lat),
          Number(position.speedKn),
          position.courseDeg,
          position.via,
          name,
        ],
      );
    }
    expect(fixes).toHaveLength(world.positions.length);
    expect(marksOfLoss(fixes)).toEqual([]);
    expect(countOf(fixes, 'COORDINATE_SWAPPED:longitude')).toBeGreaterThan(0);
  });

  it('every organisation with a credit code is in the library of legal persons', async () => {
    const { world } = county();
    const found = await readList<{
      id: string;
      register: { legalPerson: LegalPerson | null };
      culture: { scenicSpots: readonly Facts[] };
    }>(
      county(),
      'subjects',
      '{kind: [ORGANISATION, INDIVIDUAL_BUSINESS]}',
      `id register { legalPerson { name registrationNumber legalRepresentative registeredCapital established
        operatingTo state cancelledAt industry township operatingScope quality } }
      culture { scenicSpots(first: 100) { spotName grade capacity visitors countedOn township quality } }`,
    );
    expect(found).toHaveLength(world.organisations.length);
    const known = new Map(found.map((each) => [each.id, each.register.legalPerson]));
    for (const each of world.organisations) {
      const id = canonicalId(world, { kind: 'organisation', index: each.index }, PERSON_KEY);
      const row = known.get(id);
      expect(
        row && {
          ...row,
          registeredCapital: Number(row.registeredCapital),
          industry: each.industry.endsWith(row.industry) ? each.industry : row.industry,
          quality: [],
        },
      ).toEqual(
        each.uscc === null
          ? null
          : {
              name: each.name,
              registrationNumber: each.regNo,
              legalRepresentative: expect.stringMatching(/^.{1,2}\*+$/u),
              registeredCapital: Number(each.regCapitalYuan),
              established: each.established,
              operatingTo: each.opTo,
              state: each.regState,
              cancelledAt: each.cancelledAt,
              industry: each.industry,
              township: each.township,
              operatingScope: each.opScope,
              quality: [],
            },
      );
    }
    // D10: what is left of bytes that were read in the wrong encoding once cannot be mended.
    expect(marksOfLoss(present(known.values()))).toEqual(['TEXT_DAMAGED:address']);
    expectSpots(found, county());
  }, 60_000);

  it('every case of the case system tells its steps, its review and its lawsuit', async () => {
    const { world } = county();
    const told = await readList<{ caseCode: string; hearing: boolean | null }>(
      county(),
      'cases',
      '{interface: ["cases.case"]}',
      `caseCode hearing legalReview major administrativeReview administrativeReviewEndedAt litigation
        litigationEndedAt`,
    );
    const expected = [...world.cases].flatMap((each) => {
      if (each.heldBy !== 'cases') return [];
      const { hearing, legalReview, major, administrativeReview, litigation } = procedureOf(world, each);
      return {
        ...{ caseCode: each.caseCode, hearing, legalReview, major },
        administrativeReview: administrativeReview?.outcome ?? null,
        administrativeReviewEndedAt: administrativeReview?.endedAt ?? null,
        litigation: litigation?.outcome ?? null,
        litigationEndedAt: litigation?.endedAt ?? null,
      };
    });
    // A box that was left empty tells of no hearing.
    const ticked = told.map(({ hearing, ...rest }) => ({ ...rest, hearing: hearing ?? false }));
    expect(byText(ticked)).toEqual(byText(expected));
  }, 60_000);

  it('every case of the case system has its detail', async () => {
    const { world } = county();
    const found = await readList<{ caseCode: string; caseDetail: CaseDetail | null }>(
      county(),
      'cases',
      '{interface: ["cases.case"]}',
      `caseCode caseDetail { hearingApplied hearingDate hearingResult reviewDate discussionDate executionResult
        paidAmount paidDate documentCount quality }`,
    );
    const known = new Map(found.map(({ caseCode, caseDetail }) => [caseCode, caseDetail]));
    const held = [...world.cases].filter(({ heldBy }) => heldBy === 'cases');
    expect(known.size).toBe(held.length);
    for (const { caseCode, filedAt, decidedAt, servedAt, closedAt, fine, paid, paidAt } of held) {
      const row = known.get(caseCode);
      const [due, settled] = [Number(fine ?? 0), Number(paid ?? 0)];
      expect(row).toMatchObject({
        executionResult:
          fine === null
            ? null
            : settled >= due
              ? 'EXECUTED'
              : settled > 0
                ? 'PARTLY_EXECUTED'
                : 'NOT_EXECUTED',
        paidDate: paidAt,
        documentCount: 2 + [decidedAt, servedAt, closedAt].filter((day) => day !== null).length,
        hearingApplied: row?.hearingResult !== null,
      });
      expect(row?.paidAmount === null ? null : Number(row?.paidAmount)).toBe(paid === null ? null : settled);
      for (const day of [row?.hearingDate, row?.reviewDate, row?.discussionDate]) {
        if (day !== null) expect(String(day) >= filedAt && String(day) <= (decidedAt ?? '')).toBe(true);
      }
    }
    expect(present(known.values()).some((row) => row.hearingResult !== null)).toBe(true);
    expect(marksOfLoss(present(known.values()))).toEqual([]);
  }, 60_000);

  it('old registration numbers and keys from before the migration lead to the subject', async () => {
    const { world } = county();
    const crossed = world.organisations
      .filter(({ uscc, regNo }) => uscc !== null && regNo !== null)
      .slice(0, 20);
    expect(world.aliases).not.toHaveLength(0);
    const asked = [
      ...crossed.map(({ regNo, index }) => ({ by: `regNo: "${regNo}"`, index })),
      ...world.aliases.map(({ old, organisation }) => ({ by: `pripid: "${old}"`, index: organisation })),
    ];
    const { data } = await county().ask(
      `{ ${asked.map(({ by }, place) => `s${place}: subject(by: {${by}}) { id }`).join(' ')} }`,
    );
    expect(data).toEqual(
      Object.fromEntries(
        asked.map(({ index }, place) => [
          `s${place}`,
          { id: canonicalId(world, { kind: 'organisation', index }, PERSON_KEY) },
        ]),
      ),
    );
  });
}

const GRADES: ReadonlyMap<string, string> = new Map([
  ['5A', 'FIVE_A'],
  ['4A', 'FOUR_A'],
  ['3A', 'THREE_A'],
  ['2A', 'TWO_A'],
  ['A', 'ONE_A'],
]);

function expectSpots(
  found: readonly { readonly id: string; readonly culture: { readonly scenicSpots: readonly Facts[] } }[],
  { world }: StoredCounty,
): void {
  const spots = found.flatMap(({ id, culture }) =>
    culture.scenicSpots.map((spot) => ({ operator: id, ...spot, quality: marksOfLoss([spot]) })),
  );
  const expected = world.scenicSpots.map((spot) => ({
    operator: canonicalId(world, spot.operator, PERSON_KEY),
    spotName: spot.name,
    grade: GRADES.get(spot.grade),
    capacity: spot.capacity,
    visitors: spot.visitorsToday,
    countedOn: world.today,
    township: spot.township,
    quality: [],
  }));
  expect(spots).toHaveLength(expected.length);
  expect(spots).toEqual(expect.arrayContaining(expected));
}

import { everythingKnown } from '../../demo/oracle/q01-everything-known.js';
import { whoIsIt } from '../../demo/oracle/q02-who-is-it.js';
import { type PositionFacts, vesselFacts } from '../../demo/oracle/q03-vessel.js';
import { caseByNumber } from '../../demo/oracle/q04-case-by-number.js';
import { jointCheckCandidates } from '../../demo/oracle/q06-joint-check-candidates.js';
import { unhygienicHomestays } from '../../demo/oracle/q07-homestays.js';
import { goneButLicensed } from '../../demo/oracle/q09-gone-but-licensed.js';
import { penalisedByMany } from '../../demo/oracle/q10-penalised-by-many.js';
import { complaintsByTownship } from '../../demo/oracle/q11-complaints.js';
import { caseClocks } from '../../demo/oracle/q12-case-clock.js';
import { unpublishedDecisions } from '../../demo/oracle/q13-unpublished.js';
import { repeatVisits } from '../../demo/oracle/q15-repeat-visits.js';
import { finesByQuarter } from '../../demo/oracle/q21-fines-by-quarter.js';
import { foreignPermitNumbers } from '../../demo/oracle/q23-foreign-permit-numbers.js';
import { normaliseDocumentNumber } from '../../subgraphs/values/texts/document-number.js';
import { atDepth } from '../deep.js';
import type { Answers, CaseNode, PollutionPermitNode, Position } from './answers.js';
import { askExample } from './ask.js';
import { PERSON_KEY } from './open-test-county.js';
import { describeSources } from './sources/describe-sources.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';
import { isWorkingDay } from './working-calendar.js';

const SEEDS = atDepth([1], [1, 2, 3]);
const HAIYAN = '91330922MA28K00156';
const FROM = '2026-01-01';
const TO = '2026-06-30';
const CAIYUAN = '330922100';
const options = { personKey: PERSON_KEY };

const sameNumber = (number: unknown): unknown =>
  typeof number === 'string' ? normaliseDocumentNumber(number) : number;
const canonicalText = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? JSON.stringify(Object.entries(value).sort())
    : JSON.stringify(value);
const byText = (left: unknown, right: unknown): number => {
  const [a, b] = [canonicalText(left), canonicalText(right)];
  return a < b ? -1 : a > b ? 1 : 0;
};
const sorted = (list: readonly unknown[]): readonly unknown[] => [...list].sort(byText);

const isMarked = ({ pollution }: PollutionPermitNode): boolean =>
  pollution.quality.includes('ID_CONFLICT:numberUscc');

/** A vessel's fix, in the 1/600000 of a degree that the platform counts in. */
const fixOf = (position: Position | PositionFacts | null | undefined): unknown => {
  if (position === null || position === undefined) return null;
  const inGraph = 'longitude' in position;
  const degrees = inGraph ? [position.longitude, position.latitude] : [position.lon, position.lat];
  return {
    at: position.at,
    parts: degrees.map((each) => Math.round(Number(each) * 600_000)),
    speedKn: Number(position.speedKn),
    course: inGraph ? position.courseDegrees : position.courseDeg,
    via: inGraph ? position.signal : position.via,
  };
};

describe.each(SEEDS)('the analyst questions and the sources behind them, seed %i,', (seed) => {
  let county: StoredCounty;

  beforeAll(async () => {
    county = await openSqliteCounty({ seed, size: 'small' });
  }, 120_000);

  afterAll(async () => {
    await county?.close();
  });

  async function ask<Name extends keyof Answers>(
    name: Name,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Answers[Name]> {
    return (await askExample(county, name, variables)) as Answers[Name];
  }

  it('1: everything known of a unified social credit code', async () => {
    const expected = everythingKnown(county.world, HAIYAN, options);
    const { subject } = await ask('q01-everything-known', { uscc: HAIYAN });
    expect({
      id: subject.id,
      name: subject.name,
      kind: subject.kind,
      township: subject.township,
      industry: subject.industry,
    }).toEqual({
      id: expected?.id,
      name: expected?.name,
      kind: expected?.kind,
      township: expected?.township,
      industry: expected?.industry,
    });
    const inspections = subject.inspections.nodes.map(({ number, department, date, kind }) => [
      number,
      department,
      date,
      kind,
    ]);
    expect(sorted(inspections)).toEqual(
      sorted(
        expected?.inspections.map(({ number, department, date, kind }) => [number, department, date, kind]) ??
          [],
      ),
    );
    const cases = subject.cases.nodes.map((each) => [
      each.caseCode,
      sameNumber(each.decisionNo),
      each.department,
      each.stage,
      each.filedAt,
      each.decidedAt,
      each.fine,
      each.paid,
      each.unpaid,
    ]);
    expect(sorted(cases)).toEqual(
      sorted(
        expected?.cases.map((each) => [
          each.caseCode,
          sameNumber(each.decisionNo),
          each.department,
          each.stage,
          each.filedAt,
          each.decidedAt,
          each.fine,
          each.paid,
          each.unpaid,
        ]) ?? [],
      ),
    );
    const licences = subject.licences.nodes.map((each) => [
      each.department,
      each.type,
      sameNumber(each.number),
      each.validTo,
      each.state,
      each.expired,
    ]);
    expect(sorted(licences)).toEqual(
      sorted(
        expected?.licences.map((each) => [
          each.department,
          each.type,
          sameNumber(each.number),
          each.validTo,
          each.state,
          each.expired,
        ]) ?? [],
      ),
    );
    expect(sorted(subject.owned.map(({ id }) => id))).toEqual(sorted(expected?.owned ?? []));
    const fleet = county.world.vehicles.filter(
      ({ operator: { kind, index } }) => kind === 'organisation' && index === 0,
    );
    const facts = fleet.map(({ kind, checkedUntil, cutOff }) => ({ kind, checkedUntil, cutOff }));
    const shown = (vehicle: { readonly vehicleKind: string; readonly annualCheckTo: string }) => [
      vehicle.vehicleKind,
      vehicle.annualCheckTo,
    ];
    expect(sorted(subject.transport.companyVehicles.map(shown))).toEqual(
      sorted(facts.map(({ kind, checkedUntil }) => [kind, checkedUntil])),
    );
    const registered = subject.owned.flatMap(({ transport }) => transport?.vehicle ?? []);
    expect(sorted(registered.map(shown))).toEqual(
      sorted(facts.flatMap(({ kind, checkedUntil, cutOff }) => (cutOff ? [] : [[kind, checkedUntil]]))),
    );
    const complaints = subject.complaints.nodes.map(({ number, inspection, case: led, ...facts }) => ({
      ...facts,
      ticketNumber: number,
      inspection: inspection?.number ?? null,
      case: led?.caseCode ?? null,
    }));
    expect(complaints.length).toBeGreaterThan(0);
    expect(sorted(complaints)).toEqual(sorted(expected?.complaints ?? []));
  });

  it('1: what the province registers of a unified social credit code', async () => {
    const { subject } = await ask('q01-everything-known', { uscc: HAIYAN });
    const known = county.world.organisations.find(({ uscc }) => uscc === HAIYAN);
    expect(subject.register.legalPerson).toMatchObject({
      name: known?.name,
      state: known?.regState,
      established: known?.established,
    });
    expect(Number(subject.register.legalPerson.registeredCapital)).toBe(Number(known?.regCapitalYuan));
  });

  it.each(['330922000000012', HAIYAN, '海晏渔业合作社', '浙嵊渔90007', '3309222008060012'])(
    '2: who is %s',
    async (text) => {
      const certain = whoIsIt(county.world, text, options).filter(({ matchKind }) => matchKind !== 'NAME');
      const { subjectCandidates } = await ask('q02-who-is-it', { text });
      const found = subjectCandidates.filter(({ matchKind }) => matchKind !== 'NAME');
      expect(found.map(({ matchKind, subject }) => ({ matchKind, id: subject.id }))).toEqual(
        certain.map(({ matchKind, id }) => ({ matchKind, id })),
      );
      expect(certain).not.toHaveLength(0);
    },
  );

  it('2: a name only offers candidates', async () => {
    const expected = whoIsIt(county.world, '海晏渔业', options).map(({ id }) => id);
    const { subjectCandidates } = await ask('q02-who-is-it', { text: '海晏渔业' });
    expect(subjectCandidates.map(({ subject }) => subject.id)).toEqual(expect.arrayContaining(expected));
    expect(subjectCandidates.every(({ matchKind }) => matchKind === 'NAME')).toBe(true);
  });

  it('3: a vessel with certificates, owners, port calls and inspections', async () => {
    const expected = vesselFacts(county.world, '浙嵊渔90007', options);
    const { subject } = await ask('q03-vessel', { vesselName: '浙嵊渔90007' });
    expect({ id: subject.id, name: subject.name, township: subject.township }).toEqual({
      id: expected?.id,
      name: expected?.name,
      township: expected?.township,
    });
    expect(sorted(subject.owners.map(({ id }) => id))).toEqual(sorted(expected?.owners ?? []));
    expect(
      sorted(subject.licences.nodes.map(({ type, validTo, expired }) => [type, validTo, expired])),
    ).toEqual(
      sorted(expected?.certificates.map(({ type, validTo, expired }) => [type, validTo, expired]) ?? []),
    );
    expect(subject.inspections.totalCount).toBe(expected?.inspections.length);
    expect(subject.inspections.nodes.map(({ date }) => date)).toEqual(
      expected?.inspections.slice(0, 3).map(({ date }) => date),
    );
    expect(
      subject.portCalls.nodes.map(({ reportedAt, direction, port }) => ({ reportedAt, direction, port })),
    ).toEqual(expected?.portCalls.slice(0, 3));
    expect(expected?.position).not.toBeNull();
    expect(fixOf(subject.marine.latestPosition)).toEqual(fixOf(expected?.position));
  });

  it.each(['嵊综执罚决字〔2026〕第001号', '嵊综执罚决字[2026]1号', '嵊综执罚决字（２０２６）第１号'])(
    '4: case %s',
    async (decisionNo) => {
      const [expected, ...others] = caseByNumber(county.world, decisionNo, options);
      expect(others).toEqual([]);
      const { cases } = await ask('q04-case-by-number', { decisionNo });
      expect(cases.totalCount).toBe(1);
      const [found] = cases.nodes;
      const { subject, inspection, decisionNo: foundNo, id: _id, ...facts } = found as CaseNode;
      expect({
        ...facts,
        decisionNo: sameNumber(foundNo),
        subject: subject.id,
        inspection: inspection?.number,
      }).toEqual({
        caseCode: expected?.caseCode,
        decisionNo: sameNumber(expected?.decisionNo),
        department: expected?.department,
        name: expected?.name,
        stage: expected?.stage,
        process: expected?.process,
        source: expected?.source,
        filedAt: expected?.filedAt,
        decidedAt: expected?.decidedAt,
        servedAt: expected?.servedAt,
        fine: expected?.fine,
        paid: expected?.paid,
        unpaid: expected?.unpaid,
        elapsedDays: expected?.elapsedDays,
        remainingDays: expected?.remainingDays,
        publication: expected?.publication,
        publishedAt: expected?.publishedAt,
        subject: expected?.subject,
        inspection: expected?.inspection,
      });
    },
  );

  it('6: candidates for a joint check', async () => {
    const expected = jointCheckCandidates(county.world, { ...options, from: FROM, to: TO });
    expect(expected).not.toHaveLength(0);
    const { subjects } = await ask('q06-joint-check-candidates', { from: FROM, to: TO, first: 500 });
    expect(subjects.totalCount).toBe(expected.length);
    expect(
      subjects.edges.map(({ node, match }) => ({
        id: node.id,
        name: node.name,
        owners: sorted(match.owners.map(({ id }) => id)),
        expired: sorted(node.licences.nodes.map(({ number }) => sameNumber(number))),
        months: match.months,
        inspections: sorted(node.inspections.nodes.map(({ number }) => number)),
      })),
    ).toEqual(
      expected.map((each) => ({
        id: each.id,
        name: each.name,
        owners: sorted(each.owners),
        expired: sorted(each.expired.map(sameNumber)),
        months: each.months.map(({ month }) => month),
        inspections: sorted(each.inspections),
      })),
    );
  });

  it('7: homestays with a food licence and without a hygiene permit', async () => {
    const expected = unhygienicHomestays(county.world, { ...options, township: CAIYUAN });
    expect(expected).not.toHaveLength(0);
    const { subjects } = await ask('q07-homestays-without-permit', { townships: [CAIYUAN], first: 500 });
    expect(subjects.totalCount).toBe(expected.length);
    const isIn = (type: string) => (licence: { readonly type: string }) => licence.type === type;
    const isValid = ({ state, expired }: { readonly state: string; readonly expired: boolean }) =>
      state === 'VALID' && !expired;
    expect(
      subjects.nodes.map(({ id, name, licences: { nodes } }) => ({
        id,
        name,
        sites: sorted(
          nodes
            .filter(isIn('HOMESTAY_PERMIT'))
            .filter(({ township }) => township === CAIYUAN)
            .filter(isValid)
            .map(({ number, homestay }) => ({ permitNumber: number, name: homestay?.houseName })),
        ),
        foodLicences: sorted(
          nodes
            .filter(isIn('FOOD_TRADE'))
            .filter(isValid)
            .map(({ number }) => number),
        ),
        hygienePermits: sorted(
          nodes
            .filter(isIn('HYGIENE_PERMIT'))
            .map(({ number, validTo, state, expired }) => [number, validTo, state, expired]),
        ),
      })),
    ).toEqual(
      expected.map(({ id, name, sites, foodLicences, hygienePermits }) => ({
        id,
        name,
        sites: sorted(sites),
        foodLicences: sorted(foodLicences),
        hygienePermits: sorted(
          hygienePermits.map(({ number, validTo, state, expired }) => [number, validTo, state, expired]),
        ),
      })),
    );
  });

  it('9: cancelled or revoked subjects that hold a valid licence', async () => {
    const expected = goneButLicensed(county.world, options);
    expect(expected).not.toHaveLength(0);
    const { subjects } = await ask('q09-gone-but-licensed', { first: 500 });
    expect(subjects.totalCount).toBe(expected.length);
    const facts = ({ department, type, number, validTo }: Readonly<Record<string, unknown>>) => [
      department,
      type,
      sameNumber(number),
      validTo,
    ];
    expect(
      subjects.nodes.map(({ id, name, state, licences }) => [
        id,
        name,
        state,
        sorted(licences.nodes.map((each) => facts({ ...each }))),
      ]),
    ).toEqual(
      expected.map(({ id, name, regState, licences }) => [
        id,
        name,
        regState,
        sorted(licences.map((each) => facts({ ...each }))),
      ]),
    );
  });

  it('10: subjects penalised by three departments or more', async () => {
    const expected = penalisedByMany(county.world, options);
    expect(expected).not.toHaveLength(0);
    const { subjects } = await ask('q10-penalised-by-many', { from: '2024-06-30', to: TO, first: 500 });
    expect(
      subjects.edges.map(({ node, match }) => ({
        id: node.id,
        departments: sorted(match.penalisedBy),
        cases: match.caseCount,
        totalFine: match.totalFine,
      })),
    ).toEqual(
      expected.map(({ id, departments, cases, totalFine }) => ({
        id,
        departments: sorted(departments),
        cases,
        totalFine,
      })),
    );
  });

  it('11: complaints on catering by township', async () => {
    const expected = complaintsByTownship(county.world, { category: 'CATERING', month: '2025-07' });
    expect(expected.some(({ toInspection }) => toInspection > 0)).toBe(true);
    expect(expected.some(({ toCase }) => toCase > 0)).toBe(true);
    const { complaintStats } = await ask('q11-complaints-by-township', {
      from: '2025-07-01',
      to: '2025-07-31',
    });
    expect(sorted([...complaintStats.buckets])).toEqual(
      sorted(
        expected.map(({ township, complaints, toInspection, toCase }) => ({
          key: [township],
          count: complaints,
          toInspection,
          toInspectionRate: toInspection / complaints,
          toCase,
          toCaseRate: toCase / complaints,
        })),
      ),
    );
  });

  it('12: cases on the clock', async () => {
    const expected = caseClocks(county.world);
    expect(expected).not.toHaveLength(0);
    const { cases } = await ask('q12-case-clock', { filedTo: '2026-04-30', first: 500 });
    expect(cases.totalCount).toBe(expected.length);
    expect(sorted([...cases.nodes])).toEqual(sorted([...expected]));
  });

  it('13: decisions that were not published in time', async () => {
    const expected = unpublishedDecisions(county.world, { isWorkingDay });
    expect(expected.some(({ publishedAt }) => publishedAt !== null)).toBe(true);
    expect(expected.some(({ publishedAt }) => publishedAt === null)).toBe(true);
    const { cases } = await ask('q13-unpublished-decisions', { workingDays: 7, first: 500 });
    expect(cases.totalCount).toBe(expected.length);
    expect(cases.nodes.map(({ decidedAt }) => decidedAt)).toEqual(expected.map(({ decidedAt }) => decidedAt));
    expect(
      sorted(
        cases.nodes.map(({ publication: _publication, publicationLagWorkingDays, ...each }) => ({
          ...each,
          decisionNo: sameNumber(each.decisionNo),
          lagWorkingDays: publicationLagWorkingDays,
        })),
      ),
    ).toEqual(sorted(expected.map((each) => ({ ...each, decisionNo: sameNumber(each.decisionNo) }))));
  });

  it('15: repeat visits by industry', async () => {
    const expected = repeatVisits(county.world, { from: FROM, to: TO });
    const { repeatVisits: found } = await ask('q15-repeat-visits', { from: FROM, to: TO });
    expect(sorted([...found.buckets])).toEqual(sorted([...expected]));
  });

  it('21: fines by department and quarter', async () => {
    const expected = finesByQuarter(county.world);
    const { caseStats } = await ask('q21-fines-by-quarter', {});
    expect(
      sorted(
        caseStats.buckets.map(({ key, count, fine, paid, overdue }) => ({
          department: key[0],
          quarter: key[1],
          count,
          fine,
          paid,
          overdue,
        })),
      ),
    ).toEqual(sorted([...expected]));
  });

  it('23: pollution permits under the code of somebody else', async () => {
    const expected = foreignPermitNumbers(county.world, options);
    expect(expected).not.toHaveLength(0);
    const { licences } = await ask('q23-foreign-permit-numbers', {});
    const permits = county.world.licences.filter(({ type }) => type === 'POLLUTION_PERMIT');
    expect(licences.totalCount).toBe(permits.length);
    const foreign = licences.nodes.filter(
      ({ subject, pollution }) => !subject.identifiers.includes(`uscc:${pollution.numberUscc}`),
    );
    expect(
      sorted(
        foreign.map(({ number, subject, pollution }) => ({
          permit: number,
          embedded: pollution.numberUscc,
          holder: subject.id,
        })),
      ),
    ).toEqual(sorted(expected));
    // Former codes of the holder are in conflict with the register's as well, and nobody else's.
    expect(licences.nodes.some((node) => isMarked(node) && !foreign.includes(node))).toBe(true);
  });

  describeSources(() => county);
});

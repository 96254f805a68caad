import { everythingKnown } from '../../demo/oracle/q01-everything-known.js';
import { whoIsIt } from '../../demo/oracle/q02-who-is-it.js';
import { vesselFacts } from '../../demo/oracle/q03-vessel.js';
import { caseByNumber } from '../../demo/oracle/q04-case-by-number.js';
import { jointCheckCandidates } from '../../demo/oracle/q06-joint-check-candidates.js';
import { penalisedByMany } from '../../demo/oracle/q10-penalised-by-many.js';
import { caseClocks } from '../../demo/oracle/q12-case-clock.js';
import { repeatVisits } from '../../demo/oracle/q15-repeat-visits.js';
import { finesByQuarter } from '../../demo/oracle/q21-fines-by-quarter.js';
import { normaliseDocumentNumber } from '../../subgraphs/engine/values/document-number.js';
import type { Answers, CaseNode } from './answers.js';
import { exampleQuery } from './ask.js';
import { PERSON_KEY } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

const HAIYAN = '91330922MA28K00156';
const FROM = '2026-01-01';
const TO = '2026-06-30';
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

describe.each([1, 2, 3])('the analyst questions, seed %i,', (seed) => {
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
    const { data, errors } = await county.ask(exampleQuery(name), variables);
    expect(errors).toBeUndefined();
    return data as unknown as Answers[Name];
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
      subject.marine.portCalls.map(({ reportedAt, direction, port }) => ({ reportedAt, direction, port })),
    ).toEqual(expected?.portCalls.slice(0, 3));
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

  it('12: cases on the clock', async () => {
    const expected = caseClocks(county.world);
    expect(expected).not.toHaveLength(0);
    const { cases } = await ask('q12-case-clock', { filedTo: '2026-04-30', first: 500 });
    expect(cases.totalCount).toBe(expected.length);
    expect(sorted([...cases.nodes])).toEqual(sorted([...expected]));
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
});

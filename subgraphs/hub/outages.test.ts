import fc from 'fast-check';
import { atDepth } from '../../test/deep.js';
import { createArrayFeed } from './testing/array-feed.js';
import { createArrayRegistry } from './testing/array-registry.js';
import { satisfiesWhere } from './testing/evaluate-subjects.js';
import { makeFlaky } from './testing/flaky-feed.js';
import { type Answer, openTestHub } from './testing/open-test-hub.js';
import { openSubjectCounty, SUBJECTS, subjectRows } from './testing/subject-county.js';
import { subjectBases, subjectWheres } from './testing/subject-filters.js';

/** Asked of each call of each interface; false: it answers. */
let fails: (name: string) => boolean = () => false;

const county = openSubjectCounty();
const hub = openTestHub(
  [makeFlaky(createArrayFeed('all', county.interfaces), (name) => fails(name))],
  createArrayRegistry(SUBJECTS),
);
const names = county.interfaces.map(({ name }) => name);

/** Interfaces that give nothing at all, and after how many further answers others give nothing once. */
const outages = fc.record({
  dead: fc.subarray(names),
  dice: fc.infiniteStream(fc.nat(5)),
});

function suffer({
  dead,
  dice,
}: {
  readonly dead: readonly string[];
  readonly dice: fc.Stream<number>;
}): void {
  fails = (name) => dead.includes(name) || dice.next().value === 0;
}

/** @returns the answer, whose errors tell of nothing but outages. */
async function askUnder(
  outage: Parameters<typeof suffer>[0],
  query: string,
  where: unknown,
): Promise<Answer> {
  suffer(outage);
  const answer = await hub.ask(query, { where });
  fails = () => false;
  return answer;
}

interface Found {
  readonly nodes: readonly { readonly ref: string }[];
  readonly totalCount: number;
}

const isTold = ({ errors }: Answer): boolean =>
  errors.length > 0 && errors.every(({ extensions }) => extensions.code === 'INTERFACE_MISSING');
const isRefused = ({ errors }: Answer): boolean =>
  errors.some(({ extensions }) => extensions.code === 'BAD_USER_INPUT');

/** A fifth of them tells of an outage. */
const RUNS = atDepth(200, 20_000);

describe('while interfaces give nothing', () => {
  it('nobody is named who would not be named otherwise, and whoever is not named is told of', async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        subjectRows,
        subjectBases,
        subjectWheres,
        outages,
        async (rows, base, where, outage) => {
          county.fill(rows);
          const whole = { and: [base, where] };
          const answer = await askUnder(
            outage,
            'query ($where: SubjectFilter) { subjects(where: $where, first: 500) { totalCount nodes { ref } } }',
            whole,
          );
          fc.pre(!isRefused(answer));
          const { nodes, totalCount } = (answer.data as { readonly subjects: Found }).subjects;
          const shown = nodes.map(({ ref }) => ref);
          const right = SUBJECTS.filter((one) => satisfiesWhere(county.interfaces, one, whole)).map(
            ({ id }) => id,
          );
          expect(right).toEqual(expect.arrayContaining(shown));
          expect(totalCount).toBe(shown.length);
          if (answer.errors.length === 0) expect([...shown].sort()).toEqual([...right].sort());
          else {
            expect(isTold(answer)).toBe(true);
            told++;
          }
        },
      ),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS / 10);
  });

  it.each([
    ['query ($where: SubjectFilter) { subjectStats(where: $where, by: [KIND]) { buckets { key count } } }'],
    [
      `query ($where: SubjectFilter) { subjects(where: $where) { edges { match { inspectionCount caseCount
        caseAmount(of: FINE) months } } } }`,
    ],
    ['{ inspections(first: 3) { totalCount nodes { id case { id } } } }'],
    ['{ inspections { totalCount } cases(last: 2) { nodes { id inspection { id } } } }'],
    [
      '{ inspectionStats(by: [DEPARTMENT, SUBJECT_KIND], measures: [SUBJECTS]) { buckets { key count subjects } } }',
    ],
    ['{ caseStats(by: []) { buckets { count amount(of: FINE) { sum average min max median } } } }'],
    [
      '{ complaintStats(by: [], measures: [TO_INSPECTION, TO_CASE]) { buckets { count toInspectionRate toCase } } }',
    ],
    [
      `{ _entities(representations: [
        { __typename: "Subject", id: "vessel:1", keys: ["vessel:1", "regno:1"] }
        { __typename: "Subject", id: "uscc:5", keys: ["uscc:5", "regno:5"] }
      ]) { ... on Subject { licences { nodes { id } } cases(first: 2) { totalCount nodes { id } } } } }`,
    ],
    ['{ repeatVisits(by: SUBJECT_KIND) { buckets { key repeated visits repeatRate } } }'],
    ['{ nodes(ids: ["market.inspection:0", "market.case:1", "marine.certificate:2"]) { id } }'],
  ])('%s is the same as ever, or says what it lacks', async (query) => {
    await fc.assert(
      fc.asyncProperty(subjectRows, subjectWheres, outages, async (rows, where, outage) => {
        county.fill(rows);
        const well = await hub.ask(query, { where });
        fc.pre(well.errors.length === 0);
        const answer = await askUnder(outage, query, where);
        if (answer.errors.length === 0) expect(answer.data).toEqual(well.data);
        else expect(isTold(answer)).toBe(true);
      }),
      { numRuns: atDepth(100, 2000) },
    );
  });
});

import fc from 'fast-check';
import { isRepeated } from '../subjects/repeated-visits.js';
import type { ArrayRow } from '../testing/array-condition.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';
import { openSubjectCounty, subjectRows } from '../testing/subject-county.js';

const visit = fc.record({
  date: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-04-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  department: fc.constantFrom('MARKET', 'MARINE', 'HEALTH'),
});

describe('isRepeated()', () => {
  it('equals looking at every pair of visits', () => {
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 8 }), fc.integer({ min: 0, max: 60 }), (visits, days) => {
        const gap = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000;
        const expected = visits.some((a) =>
          visits.some((b) => a.department !== b.department && gap(a.date, b.date) <= days),
        );
        expect(isRepeated(visits, days)).toBe(expected);
      }),
    );
  });
});

describe('repeatVisits', () => {
  const registry = createArrayRegistry(
    ['A', 'B', 'C'].map((letter, index) => ({
      id: `uscc:${letter}`,
      keys: [`uscc:${letter}`, `regno:${letter}`],
      kind: 'ORGANISATION',
      name: null,
      township: null,
      industry: index < 2 ? 'H62' : null,
      state: null,
      owners: [],
    })),
  );
  let next = 0;
  const row = (subject: string | null, department: string, date: string, more = {}): ArrayRow => ({
    key: [String(next++)],
    subject,
    values: { department, date, ...more },
  });
  const market: ArrayInterface = {
    name: 'market.inspection',
    kind: 'Inspection',
    rows: [
      row('uscc:A', 'MARKET', '2026-03-01'),
      row('uscc:B', 'MARKET', '2026-03-01'),
      row('uscc:C', 'MARKET', '2026-03-01'),
      row(null, 'MARKET', '2026-03-01'),
    ],
  };
  const marine: ArrayInterface = {
    name: 'marine.inspection',
    kind: 'Inspection',
    rows: [
      // 30 days later, and held under another number.
      row('regno:A', 'MARINE', '2026-03-31'),
      row('uscc:B', 'MARINE', '2026-04-01'),
      row('uscc:B', 'UNKNOWN', '2026-03-02'),
      row('uscc:C', 'MARINE', '2026-03-02', { jointCheck: true }),
      row('uscc:C', 'MARINE', '2026-03-02', { kind: 'JOINT' }),
    ],
  };
  const hub = openTestHub(
    [createArrayFeed('market', [market]), createArrayFeed('marine', [marine])],
    registry,
  );

  it('counts subjects by canonical id, and joint checks not at all', async () => {
    const { data } = await hub.ask(
      '{ repeatVisits(by: SUBJECT_INDUSTRY) { buckets { key subjects repeated visits repeatRate } } }',
    );
    expect(data?.repeatVisits).toMatchObject({
      buckets: [
        { key: 'H62', subjects: 2, repeated: 1, visits: 5, repeatRate: 0.5 },
        { key: null, subjects: 1, repeated: 0, visits: 1, repeatRate: 0 },
      ],
    });
  });

  it('looks no further than the window', async () => {
    const { data } = await hub.ask(
      '{ repeatVisits(by: SUBJECT_KIND, withinDays: 29) { buckets { key repeated } coverage { interface rows } } }',
    );
    expect(data?.repeatVisits).toMatchObject({
      buckets: [{ key: 'ORGANISATION', repeated: 0 }],
      coverage: [
        { interface: 'marine.inspection', rows: 3 },
        { interface: 'market.inspection', rows: 4 },
      ],
    });
  });
});

describe('a bucket of repeatVisits', () => {
  const county = openSubjectCounty();
  const drillDown: Readonly<Record<string, (key: string | null) => object>> = {
    SUBJECT: (key) => ({ id: [key] }),
    SUBJECT_KIND: (key) => ({ kind: [key] }),
    SUBJECT_TOWNSHIP: (key) => (key === null ? { townshipPresent: false } : { township: [key] }),
    SUBJECT_INDUSTRY: (key) => (key === null ? { industryPresent: false } : { industry: [key] }),
    SUBJECT_STATE: (key) => (key === null ? { statePresent: false } : { state: [key] }),
  };

  it('has as many repeated subjects as the list gives for its key, by every dimension', async () => {
    const withinDays = fc.constantFrom(0, 1, 26, 30, 3660);
    const dimensions = fc.constantFrom(...Object.keys(drillDown));
    let repeats = 0;
    await fc.assert(
      fc.asyncProperty(subjectRows, dimensions, withinDays, async (rows, by, days) => {
        county.fill(rows);
        const where = { date: { from: '2026-01-01' } };
        const { data, errors } = await county.hub.ask(
          `query ($where: InspectionFilter, $by: RepeatVisitDimension!, $days: Int) {
            repeatVisits(where: $where, by: $by, withinDays: $days) { buckets { key repeated } }
          }`,
          { where, by, days },
        );
        expect(errors).toEqual([]);
        const stats = data?.repeatVisits as {
          readonly buckets: readonly { readonly key: string | null; readonly repeated: number }[];
        };
        for (const { key, repeated } of stats.buckets) {
          const inspections = { where, repeatVisits: { withinDays: days } };
          const answer = await county.hub.ask(
            'query ($where: SubjectFilter) { subjects(where: $where) { totalCount } }',
            { where: { ...drillDown[by]?.(key), inspections } },
          );
          expect(answer.data?.subjects).toEqual({ totalCount: repeated });
          repeats += repeated;
        }
      }),
      { numRuns: 200 },
    );
    expect(repeats).toBeGreaterThan(15);
  });
});

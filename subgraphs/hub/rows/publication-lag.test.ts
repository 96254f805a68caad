import fc from 'fast-check';
import { addDays } from '../../values/dates/calendar.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';
import { TODAY } from '../testing/test-present.js';

const cases: ArrayInterface = { name: 'cases.case', kind: 'Case', rows: [] };
const unaware: ArrayInterface = {
  name: 'old.case',
  kind: 'Case',
  rows: [{ key: ['1'], subject: null, values: { stage: 'CLOSED', decidedAt: '2020-01-06' } }],
  fields: ['department', 'stage', 'decidedAt'],
};
const hub = openTestHub([createArrayFeed('cases', [cases, unaware])], createArrayRegistry([]));

const day = fc.option(
  fc.integer({ min: -30, max: 5 }).map((days) => addDays(TODAY, days)),
  { nil: null },
);
const values = fc.record({
  stage: fc.constantFrom(
    'INVESTIGATING',
    'DECIDED',
    'SERVED',
    'CLOSED',
    'WITHDRAWN',
    'NO_PENALTY',
    'LITIGATION',
  ),
  decidedAt: day,
  publishedAt: day,
  publication: fc.constantFrom('PUBLISHED', 'NOT_PUBLISHED', 'DELETED', null),
});

interface Found {
  readonly cases: {
    readonly nodes: readonly { readonly id: string; readonly publicationLagWorkingDays: number | null }[];
  };
  readonly late: Found['cases'];
}

async function ask(workingDays: number): Promise<Found> {
  const { data, errors } = await hub.ask(
    `query ($workingDays: Int!) {
      cases(first: 500) { nodes { id publicationLagWorkingDays } }
      late: cases(where: { publicationLate: { workingDays: $workingDays } }, first: 500) {
        nodes { id publicationLagWorkingDays }
      }
    }`,
    { workingDays },
  );
  expect(errors).toEqual([]);
  return data as unknown as Found;
}

const lagOf = async (one: Readonly<Record<string, string | null>>): Promise<number | null | undefined> => {
  cases.rows = [{ key: ['1'], subject: null, values: one }];
  const { nodes } = (await ask(7)).cases;
  return nodes.find(({ id }) => id === 'cases.case:1')?.publicationLagWorkingDays;
};

describe('Case.publicationLagWorkingDays', () => {
  // 1 July 2026, today, is a Wednesday; the hub of these tests knows weekends alone.
  it.each([
    ['2026-06-15', '2026-06-15', 0],
    ['2026-06-15', '2026-06-16', 1],
    ['2026-06-15', '2026-06-24', 7],
    ['2026-06-12', '2026-06-13', 1],
    ['2026-06-12', '2026-06-15', 1],
    ['2026-06-15', null, 12],
    ['2026-06-15', '2026-07-03', 12],
    ['2026-06-30', null, 1],
    [null, '2026-06-24', null],
  ])('of a decision of %s published %s is %s', async (decidedAt, publishedAt, expected) => {
    expect(await lagOf({ stage: 'SERVED', decidedAt, publishedAt, publication: null })).toBe(expected);
  });

  it.each([
    ['a case without a penalty', { stage: 'NO_PENALTY', publishedAt: null, publication: 'NOT_PUBLISHED' }],
    [
      'a decision that was taken back',
      { stage: 'WITHDRAWN', publishedAt: null, publication: 'NOT_PUBLISHED' },
    ],
    ['one published on an unknown day', { stage: 'SERVED', publishedAt: null, publication: 'PUBLISHED' }],
  ])('of %s is null', async (_what, more) => {
    expect(await lagOf({ decidedAt: '2026-06-01', ...more })).toBeNull();
  });
});

describe('cases(where: {publicationLate})', () => {
  it('finds exactly the cases whose lag is greater', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(values, { maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        async (all, limit) => {
          cases.rows = all.map((one, index) => ({ key: [String(index)], subject: null, values: one }));
          const found = await ask(limit);
          const expected = found.cases.nodes.filter(
            ({ publicationLagWorkingDays: lag }) => lag !== null && lag > limit,
          );
          expect(found.late.nodes.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 150 },
    );
  });

  it('says nothing of an interface that does not hold when a decision was published', async () => {
    cases.rows = [];
    const { cases: all, late } = await ask(1);
    expect(all.nodes).toEqual([{ id: 'old.case:1', publicationLagWorkingDays: null }]);
    expect(late.nodes).toEqual([]);
  });

  it.each([0, 251])('refuses %i working days', async (workingDays) => {
    const { errors } = await hub.ask(
      `{ cases(where: { publicationLate: { workingDays: ${workingDays} } }) { totalCount } }`,
    );
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'where.publicationLate.workingDays',
    });
  });
});

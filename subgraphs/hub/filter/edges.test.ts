import { openAskedHub, SHOP } from '../testing/asked-hub.js';

const { ask } = openAskedHub();

describe('the edges of arguments', () => {
  it.each([
    'cases(where: { filedAt: { from: "2026-06-01", to: "2026-06-01" } })',
    'cases(where: { fine: { from: "10", to: "10.00" } })',
    'cases(where: { publicationLate: { workingDays: 1 } })',
    'cases(where: { publicationLate: { workingDays: 250 } })',
    'subjects(where: { cases: { count: { gte: 2, lte: 2 } } })',
    'subjects(where: { cases: { count: { gte: 0 } }, id: ["uscc:91330922MA28K00156"] })',
  ])('%s is taken', async (field) => {
    const { refused, calls } = await ask(`{ ${field} { nodes { __typename } } }`, {});
    expect(refused).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
  });

  it.each([
    ['cases(where: { publicationLate: { workingDays: 0 } })', 'where.publicationLate.workingDays'],
    ['cases(where: { publicationLate: { workingDays: 251 } })', 'where.publicationLate.workingDays'],
    ['subjects(where: { cases: { count: { gte: -1 } } })', 'where.cases.count'],
    ['subjects(where: { cases: { count: { gte: 3, lte: 2 } } })', 'where.cases.count'],
    ['cases(where: { fine: { from: "10.01", to: "10.00" } })', 'where.fine'],
  ])('%s is refused with its place: %s', async (field, argument) => {
    const { refused, calls } = await ask(`{ ${field} { nodes { __typename } } }`, {});
    expect(refused).toMatchObject([{ code: 'BAD_USER_INPUT', argument }]);
    expect(calls).toEqual([]);
  });

  it.each([
    ['repeatVisits(by: SUBJECT_KIND, withinDays: %)', 'withinDays'],
    ['complaintStats(by: [], inspectedWithinDays: %)', 'inspectedWithinDays'],
  ])('%s takes 0 to 3660 days', async (field, argument) => {
    for (const [days, isTaken] of [
      ['-1', false],
      ['0', true],
      ['3660', true],
      ['3661', false],
    ] as const) {
      const { refused } = await ask(`{ ${field.replace('%', days)} { coverage { interface } } }`, {});
      expect({ days, refused }).toMatchObject({ days, refused: isTaken ? [] : [{ argument }] });
    }
  });

  it('a subject that is named twice is asked for once', async () => {
    const { calls } = await ask(
      `{ cases(where: { subject: { id: ["${SHOP}", "${SHOP}"], uscc: ["91330922MA28K00156"] } }) { nodes { id } } }`,
      {},
    );
    const where = { subject: [SHOP] };
    expect(calls.map(({ request }) => request.where)).toEqual([where, where]);
  });
});

import { isSynchronised, repairedPublications } from './q14-repaired-publications.js';
import { finesCollected } from './q21-fines-collected.js';
import { publishedInTime } from './t08-publication-in-time.js';
import { handMadeWorld } from './testing/hand-made-world.js';

/** Mondays to Fridays. */
const isWorkingDay = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe('question 14', () => {
  const world = handMadeWorld({
    organisations: [{}],
    cases: [{ publication: 'WITHDRAWN' }, { publication: 'PUBLISHED' }, { publication: 'DELETED' }],
    creditRecords: [
      { status: 'WITHDRAWN', source: 0, date: '2026-03-05' },
      { status: 'REPAIRED', source: 1 },
      { status: 'REPAIRED', source: 2 },
      { status: 'EXPIRED', source: 2 },
      { status: 'REPAIRED', kind: 'SERIOUS_LIST', source: null },
    ],
  });

  it('lists what was withdrawn or repaired, newest first, with both statuses', () => {
    const found = repairedPublications(world);
    expect(found.map(({ number, caseCode, statusHere }) => [number, caseCode, statusHere])).toEqual([
      ['CF2', 'C2', 'DELETED'],
      ['CF1', 'C1', 'PUBLISHED'],
      ['CF0', 'C0', 'WITHDRAWN'],
    ]);
    expect(found.map(isSynchronised)).toEqual([true, false, true]);
  });
});

describe('question 21 of the treasury', () => {
  it('adds up what was received by the quarter of its payment, refunds taken off', () => {
    const world = handMadeWorld({
      organisations: [{}],
      payments: [
        { paid: '1100.00', interest: '100.00' },
        { date: '2026-03-31', paid: '-300.50', state: 'REFUNDED' },
        { date: '2026-04-01' },
        { department: 'MARKET' },
      ],
    });
    expect(finesCollected(world)).toEqual([
      { department: 'COMPREHENSIVE', quarter: '2026-Q1', count: 2, paid: '799.50', interest: '100.00' },
      { department: 'COMPREHENSIVE', quarter: '2026-Q2', count: 1, paid: '1000.00', interest: '0.00' },
      { department: 'MARKET', quarter: '2026-Q1', count: 1, paid: '1000.00', interest: '0.00' },
    ]);
  });
});

describe('tile 8', () => {
  it('counts what was published, and what came on the eighth working day or later', () => {
    // 2026-03-02 is a Monday: the seventh working day after it is the 11th.
    const world = handMadeWorld({
      organisations: [{}],
      creditRecords: [
        { decidedAt: '2026-03-02', date: '2026-03-11' },
        { decidedAt: '2026-03-02', date: '2026-03-12' },
        { decidedAt: '2026-03-02', date: '2026-04-01', kind: 'LICENCE_PUBLICITY' },
        { decidedAt: '2026-03-02', date: '2026-03-12', kind: 'SERIOUS_LIST' },
        { decidedAt: '2026-02-02', date: '2026-02-27' },
        { decidedAt: '2026-03-02', date: '2026-05-01' },
      ],
    });
    expect(publishedInTime(world, { from: '2026-03-01', to: '2026-04-30', isWorkingDay })).toEqual([
      { kind: 'LICENCE_PUBLICITY', month: '2026-04', published: 1, late: 1 },
      { kind: 'PENALTY_PUBLICITY', month: '2026-03', published: 2, late: 1 },
    ]);
  });
});

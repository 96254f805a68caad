import type { Licence, PenaltyCase } from '../world/world.js';
import {
  elapsedDays,
  isExpired,
  isUnpaid,
  monthsBefore,
  overdueOf,
  quarterOf,
  remainingDays,
} from './legal-clocks.js';
import { addYuan, centsOf, yuanOf } from './money.js';
import { handMadeWorld, TODAY } from './testing/hand-made-world.js';

function caseOf(part: Partial<PenaltyCase>): PenaltyCase {
  const [made] = handMadeWorld({ cases: [part] }).cases;
  if (made === undefined) throw new Error('a hand-made world holds what it was given');
  return made;
}

const owing = { stage: 'EXECUTING', paid: null, paidAt: null, closedAt: null } as const;

describe('isUnpaid()', () => {
  // 16 days before 30 June is the last day of service that makes a fine overdue.
  it.each<[string, Partial<PenaltyCase>, boolean]>([
    ['nothing paid, served long ago', owing, true],
    ['the day of service is 15 days ago', { ...owing, servedAt: '2026-06-15' }, false],
    ['the day of service is 16 days ago', { ...owing, servedAt: '2026-06-14' }, true],
    ['no service: decided 22 days ago', { ...owing, servedAt: null, decidedAt: '2026-06-08' }, false],
    ['no service: decided 23 days ago', { ...owing, servedAt: null, decidedAt: '2026-06-07' }, true],
    ['a cent is missing', { ...owing, paid: '999.99' }, true],
    ['paid in full and not closed', { ...owing, paid: '1000.00' }, false],
    ['no fine', { ...owing, fine: '0.00' }, false],
    ['put off', { ...owing, postponed: true }, false],
    ['closed', { ...owing, stage: 'CLOSED' }, false],
    ['withdrawn', { ...owing, stage: 'WITHDRAWN' }, false],
    ['under review', { ...owing, stage: 'UNDER_REVIEW' }, false],
    ['not decided', { ...owing, stage: 'NOTICE', decidedAt: null, servedAt: null, fine: null }, false],
  ])('%s', (_label, part, expected) => {
    expect(isUnpaid(caseOf(part), TODAY)).toBe(expected);
  });

  it('owes the fine less what was paid', () => {
    expect(overdueOf(caseOf({ ...owing, fine: '1000.05', paid: '300.10' }), TODAY)).toBe('699.95');
    expect(overdueOf(caseOf({}), TODAY)).toBe('0.00');
  });
});

describe('isExpired()', () => {
  const licence = (part: Partial<Licence>): Licence => {
    const [made] = handMadeWorld({ licences: [part] }).licences;
    if (made === undefined) throw new Error('a hand-made world holds what it was given');
    return made;
  };
  it.each<[Partial<Licence>, boolean]>([
    [{ validTo: '2026-06-29' }, true],
    [{ validTo: '2026-06-30' }, false],
    [{ validTo: null }, false],
    [{ validTo: '2026-06-29', state: 'WITHDRAWN' }, false],
    [{ validTo: '2026-06-29', state: 'CANCELLED' }, false],
    [{ validTo: '2026-06-29', state: 'SUSPENDED' }, true],
  ])('%j: %s', (part, expected) => {
    expect(isExpired(licence(part), TODAY)).toBe(expected);
  });
});

describe('clocks', () => {
  it('run from filing to the decision, to the end or to today', () => {
    expect(elapsedDays(caseOf({}), TODAY)).toBe(50);
    expect(elapsedDays(caseOf({ decidedAt: null }), TODAY)).toBe(69);
    expect(elapsedDays(caseOf({ decidedAt: null, closedAt: null }), TODAY)).toBe(171);
    expect(remainingDays(caseOf({ decidedAt: null, closedAt: null }), TODAY)).toBe(-81);
  });

  it('count months back to the last day that there is', () => {
    expect(monthsBefore('2026-06-30', 24)).toBe('2024-06-30');
    expect(monthsBefore('2026-03-31', 1)).toBe('2026-02-28');
    expect(monthsBefore('2024-03-31', 1)).toBe('2024-02-29');
    expect(monthsBefore('2026-01-15', 2)).toBe('2025-11-15');
  });

  it('know the quarters', () => {
    expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual([
      ...['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q4'],
    ]);
  });
});

describe('money', () => {
  it('adds up exactly, and refuses what is no amount', () => {
    expect(addYuan(['0.10', '0.20', null, '90071992547409.93'])).toBe('90071992547410.23');
    expect(yuanOf(-5n)).toBe('-0.05');
    expect(centsOf('-0.05')).toBe(-5n);
    expect(() => centsOf('1000')).toThrow("'1000'");
  });
});

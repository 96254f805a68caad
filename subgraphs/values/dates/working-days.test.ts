import fc from 'fast-check';
import { addDays, dayOfEpoch, epochDay } from './calendar.js';
import { createWorkingDays } from './working-days.js';

/** The week of Labour Day 2026: Friday the 1st to Tuesday the 5th off, Saturday the 9th worked. */
const MAY_2026 = createWorkingDays(['2026-05-01', '2026-05-04', '2026-05-05', '2026-05-09']);

describe('createWorkingDays()', () => {
  it.each([
    ['2026-04-30', true],
    ['2026-05-01', false],
    ['2026-05-02', false],
    ['2026-05-06', true],
    ['2026-05-09', true],
    ['2026-05-10', false],
    ['1969-12-31', true],
    ['1969-12-28', false],
  ])('tells whether people work on %s: %s', (day, expected) => {
    expect(MAY_2026.isWorkingDay(day)).toBe(expected);
  });

  it.each([
    ['2026-04-30', 1, '2026-05-06'],
    ['2026-04-30', 4, '2026-05-09'],
    ['2026-05-02', 1, '2026-05-06'],
    ['2026-05-08', 2, '2026-05-11'],
  ])('counts from %s to the last of %i working days: %s', (day, count, limit) => {
    expect(MAY_2026.limitOf(day, count)).toBe(limit);
  });

  it('needs one working day more for what comes on a day off after the limit', () => {
    const plain = createWorkingDays([]);
    // Friday the 5th is the limit of five working days after Friday 29 May.
    expect(plain.limitOf('2026-05-29', 5)).toBe('2026-06-05');
    expect(plain.countTo('2026-05-29', '2026-06-05')).toBe(5);
    expect(plain.countTo('2026-05-29', '2026-06-06')).toBe(6);
    expect(plain.countTo('2026-05-29', '2026-06-08')).toBe(6);
    expect(plain.countTo('2026-05-29', '2026-05-29')).toBe(0);
  });

  it('agrees with looking at every day', () => {
    const around = fc.integer({ min: -40, max: 40 }).map((days) => addDays('2026-05-05', days));
    fc.assert(
      fc.property(
        around,
        around,
        fc.integer({ min: 1, max: 12 }),
        fc.uniqueArray(around),
        (from, to, count, exceptions) => {
          const days = createWorkingDays(exceptions);
          const limit = days.limitOf(from, count);
          const between = daysAfter(from, limit).filter((day) => days.isWorkingDay(day));
          expect([between.length, between.at(-1)]).toEqual([count, limit]);
          expect(days.countTo(from, to) > count).toBe(to > limit);
          const latest = days.latestBefore(to, count);
          expect(days.limitOf(latest, count) < to).toBe(true);
          expect(days.limitOf(addDays(latest, 1), count) < to).toBe(false);
        },
      ),
    );
  });
});

function daysAfter(from: string, to: string): readonly string[] {
  const length = epochDay(to) - epochDay(from);
  return Array.from({ length }, (_, index) => dayOfEpoch(epochDay(from) + index + 1));
}

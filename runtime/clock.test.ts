import { createClockFrom, isCalendarDay, systemClock } from './clock.js';

describe('systemClock', () => {
  afterEach(() => jest.useRealTimers());

  it('shows the day of the county, which begins at 16:00 UTC', () => {
    jest.useFakeTimers({ now: new Date('2026-06-30T15:59:59Z') });
    expect(systemClock.today()).toBe('2026-06-30');
    jest.setSystemTime(new Date('2026-06-30T16:00:00Z'));
    expect(systemClock.today()).toBe('2026-07-01');
  });
});

describe('createClockFrom()', () => {
  afterEach(() => jest.useRealTimers());

  it('starts at noon of the day in the county', () => {
    const now = createClockFrom('2026-06-30').now().getTime();
    const noon = Date.parse('2026-06-30T12:00:00+08:00');
    expect(now - noon).toBeGreaterThanOrEqual(0);
    expect(now - noon).toBeLessThan(5000);
  });

  it('ticks on into the next day', () => {
    jest.useFakeTimers();
    const clock = createClockFrom('2026-06-30');
    expect(clock.today()).toBe('2026-06-30');
    jest.advanceTimersByTime(12 * 3_600_000);
    expect(clock.today()).toBe('2026-07-01');
  });

  it.each(['2026-02-30', '2026-6-30', '20260630', '', 'today'])('refuses %j', (day) => {
    expect(() => createClockFrom(day)).toThrow(RangeError);
    expect(isCalendarDay(day)).toBe(false);
  });
});

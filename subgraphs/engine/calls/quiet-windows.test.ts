import fc from 'fast-check';
import { quietUntil } from './quiet-windows.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const MIDNIGHT = Date.parse('2026-06-30T00:00:00+08:00');

const clockTime = fc
  .integer({ min: 0, max: DAY_MINUTES - 1 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  );
const windows = fc.array(fc.record({ from: clockTime, to: clockTime }), { maxLength: 4 });

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('quietUntil()', () => {
  it('says what going through the day minute by minute says', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: DAY_MINUTES * 60 - 1 }), (quiet, second) => {
        const isQuiet = (minute: number): boolean =>
          quiet.some(({ from, to }) => {
            const length = (minuteOf(to) - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
            return (minute - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES < length;
          });
        const at = new Date(MIDNIGHT + second * 1000);
        const until = quietUntil(quiet, at);
        let minute = Math.floor(second / 60);
        if (!isQuiet(minute % DAY_MINUTES)) {
          expect(until).toBeNull();
          return;
        }
        const end = minute + DAY_MINUTES;
        while (minute < end && isQuiet(minute % DAY_MINUTES)) minute++;
        // Windows all around the clock have no end: any moment to come will do.
        if (minute === end) expect(until).toBeGreaterThan(at.getTime());
        else expect(until).toBe(MIDNIGHT + minute * MINUTE_MS);
      }),
    );
  });
});

import fc from 'fast-check';
import { addDays, dayOfEpoch, epochDay, isCalendarDay, isIsoDay } from './calendar.js';
import { canonicalMoment, shiftWall, wallOfEpochMillis } from './moment.js';
import { sourceZone } from './source-zone.js';

test('leap years', () => {
  expect([1900, 2000, 2024, 2026, 2100].map((year) => isCalendarDay(year, 2, 29))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(isIsoDay('2026-04-31')).toBe(false);
  expect(isIsoDay('2026-4-30')).toBe(false);
});

test('days are counted from 1970, early years included', () => {
  expect([epochDay('1970-01-01'), epochDay('0001-01-01'), epochDay('0099-12-31')]).toEqual([
    0, -719162, -683004,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
      expect(epochDay(dayOfEpoch(day))).toBe(day);
    }),
  );
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
});

test('moments of other offsets are converted, others are taken to be at +08:00', () => {
  expect(canonicalMoment('2026-06-30T20:00:00Z')).toBe('2026-07-01T04:00:00+08:00');
  expect(canonicalMoment('2026-06-30 08:00')).toBe('2026-06-30T08:00:00+08:00');
  expect(canonicalMoment('2026-06-30T08:00:00.5-0530')).toBe('2026-06-30T21:30:00.5+08:00');
  expect(canonicalMoment('2026-06-30')).toBeNull();
  expect(canonicalMoment('2026-02-30T08:00:00Z')).toBeNull();
});

test('walls move over midnight both ways', () => {
  expect(shiftWall('2026-01-01 00:30:15', -60)).toBe('2025-12-31 23:30:15');
  expect(shiftWall('2026-12-31 23:30:15', 480)).toBe('2027-01-01 07:30:15');
  expect(wallOfEpochMillis(-1)).toBe('1970-01-01 07:59:59');
});

test('D9 zones: fixed offsets, daylight saving, and names that are none', () => {
  expect(sourceZone('UTC')?.fixedOffset).toBe(0);
  expect(sourceZone('Etc/GMT-8')?.fixedOffset).toBe(480);
  expect(sourceZone('UTC+8')?.fixedOffset).toBe(480);
  expect(sourceZone('-05:30')?.fixedOffset).toBe(-330);
  expect(sourceZone('Asia/Shanghai')?.toCanonical('1988-07-01 12:00:00')).toBe('1988-07-01 12:00:00');
  expect(sourceZone('Europe/Berlin')?.toCanonical('2026-07-01 12:00:00')).toBe('2026-07-01 18:00:00');
  expect(sourceZone('Europe/Berlin')?.fixedOffset).toBeNull();
  expect(sourceZone('Asia/Shengsi')).toBeNull();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from './calendar.js';
import { parseWorkingDays } from './parse-working-days.js';

const FILE = 'schema/calendar/working-days.yaml';
const TEXT = readFileSync(join(import.meta.dirname, '../../..', FILE), 'utf8');

describe('parseWorkingDays()', () => {
  it.each([
    // The Spring Festival of 2026, with the Saturdays worked for it.
    ['2026-02-13', true],
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2024-02-09', true],
    ['2024-02-16', false],
    ['2023-10-07', true],
    ['2023-01-02', false],
    // Nothing is known of later years but their weekends.
    ['2027-10-01', true],
    ['2027-10-02', false],
  ])('tells from the notices whether people work on %s: %s', (day, expected) => {
    expect(parseWorkingDays(TEXT, FILE).isWorkingDay(day)).toBe(expected);
  });

  // Days moved are worked instead, so that weekends and the statutory holidays (11, from 2025 on 13) are what is off.
  it.each([
    ['2023', 365 - 105 - 11],
    ['2024', 366 - 104 - 11],
    ['2025', 365 - 104 - 13],
    ['2026', 365 - 104 - 13],
  ])('leaves %s as many working days as the law', (year, expected) => {
    const { isWorkingDay } = parseWorkingDays(TEXT, FILE);
    const days = Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index));
    expect(days.filter((day) => day.startsWith(year) && isWorkingDay(day))).toHaveLength(expected);
  });

  it.each([
    ['a day that does not exist', '2026-02-14', '2026-02-30', /working-days\.yaml:\d+:\d+: .*2026-02-30/],
    ['a weekday said to be worked', '2026-02-14', '2026-02-13', /2026-02-13 不是调休上班日/],
    ['a holiday said to be worked', '2026-02-14', '2026-02-15', /2026-02-15 不是调休上班日/],
    ['a holiday turned round', 'from: 2026-06-19', 'from: 2026-06-29', /must begin at or before its end/],
    ['an unknown key', 'worked: [2026-01-04', 'woked: [2026-01-04', /did you mean "worked"/],
  ])('refuses %s, with its place', (_what, right, wrong, message) => {
    expect(() => parseWorkingDays(TEXT.replace(right, wrong), FILE)).toThrow(message);
  });
});

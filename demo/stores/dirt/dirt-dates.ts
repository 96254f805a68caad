import type { Random } from '../../random.js';

const NUMERALS = [...'〇一二三四五六七八九'];
const MS_PER_DAY = 86_400_000;
/** Day 0 of Excel's calendar, which believes in 29 February 1900. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);
const SHANGHAI_MS = 8 * 3_600_000;

/**
 * D8: one of the ways to write a day, all of them readable back to it. Days before 1980 get no serial numbers and
 * no milliseconds, which nobody could tell from other numbers.
 *
 * @param iso `yyyy-MM-dd`.
 */
export function dirtyDate(random: Random, iso: string): string {
  const { year, month, day } = splitDay(iso);
  const plain = [
    () => `${iso.replaceAll('-', '')}`,
    () => `${year}-${month}-${day}`,
    () => `${year}/${month}/${day}`,
    () => `${year}.${month}.${day}`,
    () => `${year}年${month}月${day}日`,
    () => chineseDay(iso),
    () => `${year}-${month}-${day} 0:00:00`,
    () => `${iso} 00:00:00`,
    () => ` ${iso}`,
  ];
  const numbers = [() => excelSerial(iso), () => epochMillis(iso)];
  return random.pick(year >= 1980 ? [...plain, ...numbers] : plain)();
}

/** D8, cut to the month: the day is lost. */
export function truncatedDate(iso: string): string {
  const { year, month } = splitDay(iso);
  return `${year}-${month}-`;
}

/** D8: how "no end" is written where a validity should end. */
export function openEndedDate(random: Random): string {
  return random.pick(['9999-9-9', '9999-12-31', '2099-12-31', '长期']);
}

/** D8: how "no day" is written where one should stand. */
export function emptyDate(random: Random): string {
  return random.pick(['0000-00-00', '1900-1-1 0:00:00', '', 'null', '\\N']);
}

/** 二〇二〇年六月十八日 */
export function chineseDay(iso: string): string {
  const { year, month, day } = splitDay(iso);
  const years = [...String(year)].map((digit) => NUMERALS[Number(digit)]).join('');
  return `${years}年${chineseNumber(month)}月${chineseNumber(day)}日`;
}

/** Days since 1899-12-30: `44000` is 2020-06-18. */
export function excelSerial(iso: string): string {
  const { year, month, day } = splitDay(iso);
  return String((Date.UTC(year, month - 1, day) - EXCEL_EPOCH) / MS_PER_DAY);
}

/** Milliseconds since 1970 at midnight in Shanghai. */
export function epochMillis(iso: string): string {
  const { year, month, day } = splitDay(iso);
  return String(Date.UTC(year, month - 1, day) - SHANGHAI_MS);
}

function splitDay(iso: string): { year: number; month: number; day: number } {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (parts === null) throw new RangeError(`Cannot write a day: it must be yyyy-MM-dd, but is '${iso}'`);
  return { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) };
}

/** 1 to 99. */
function chineseNumber(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const onesText = ones === 0 ? '' : (NUMERALS[ones] ?? '');
  if (tens === 0) return onesText;
  return `${tens === 1 ? '' : NUMERALS[tens]}十${onesText}`;
}

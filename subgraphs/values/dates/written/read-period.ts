import { chineseDigits, chineseInteger } from '../../numbers/chinese-numeral.js';
import { dayOfEpoch, epochDay, formatDay } from '../calendar.js';

/** A month or a longer part of a year that a cell names in place of a day. */
export interface Period {
  readonly firstDay: string;
  readonly lastDay: string;
  /** Whether the cell names a month. Only then is the first day believed where no end is asked for. */
  readonly isMonth: boolean;
}

const MONTH = /^(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]?份?|(\d\d))\s*$/;
const CHINESE_MONTH =
  /^([〇零○Ｏ一二三四五六七八九壹贰叁肆伍陆柒捌玖O0]{4})年([一二三四五六七八九十元正壹贰叁肆伍陆柒捌玖拾零〇]{1,3})月$/;
const YEAR = /^(\d{4})(?:年(?:度|底|末)?)?$/;
const MONTH_END = /^(\d{4})年(\d{1,2})月(?:底|末)$/;
const HALF_YEAR = /^(\d{4})年(上|下)半年$/;

/**
 * `2020-6-`, `2020-06`, `2020年6月`, `202006`, `2020`, `2020年6月底`, `2020年上半年`: the day is lost.
 * Null for a text that can be read in two ways: `200608` (a month of 2006 or a day of 2020), `2020.1` (of a
 * number, perhaps October).
 */
export function readPeriod(text: string): Period | null {
  const month = MONTH.exec(text);
  if (month !== null) {
    const [, year = '', separated, joined] = month;
    if (separated === '1' && /^\d{4}\.1$/.test(text)) return null;
    return joined !== undefined && isDayOfShortYear(text)
      ? null
      : monthPeriod(Number(year), Number(separated ?? joined));
  }
  const chinese = CHINESE_MONTH.exec(text);
  if (chinese !== null) {
    const year = chineseDigits((chinese[1] ?? '').replace(/[O0]/g, '〇'));
    const number = chineseInteger((chinese[2] ?? '').replace(/[元正]/, '一'));
    return year === null || number === null ? null : monthPeriod(Number(year), Number(number));
  }
  const end = MONTH_END.exec(text);
  const endMonth = end === null ? null : monthPeriod(Number(end[1]), Number(end[2]));
  if (endMonth !== null) return { ...endMonth, isMonth: false };
  const half = HALF_YEAR.exec(text);
  if (half !== null) {
    const year = half[1] ?? '';
    return half[2] === '上'
      ? { firstDay: `${year}-01-01`, lastDay: `${year}-06-30`, isMonth: false }
      : { firstDay: `${year}-07-01`, lastDay: `${year}-12-31`, isMonth: false };
  }
  const year = YEAR.exec(text)?.[1];
  return year === undefined ? null : { firstDay: `${year}-01-01`, lastDay: `${year}-12-31`, isMonth: false };
}

/** `200608` as the 8th of June 2020. */
function isDayOfShortYear(text: string): boolean {
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function monthPeriod(year: number, month: number): Period | null {
  if (month < 1 || month > 12) return null;
  const next = month === 12 ? formatDay(year + 1, 1, 1) : formatDay(year, month + 1, 1);
  return {
    firstDay: formatDay(year, month, 1),
    lastDay: dayOfEpoch(epochDay(next) - 1),
    isMonth: true,
  };
}

const LEAP_YEAR = '(19([02468][48]|[2468]0|[13579][26])|20([02468][048]|[13579][26]))';

/**
 * POSIX pattern of exactly the days that exist from 1900 to 2099, leap years included.
 *
 * @param separators what stands after year, month and day; each may be empty.
 */
export function dayPattern(separators: readonly [string, string, string]): string {
  const [afterYear, afterMonth, afterDay] = separators.map(literal);
  const long = `(0[13578]|1[02])${afterMonth}(0[1-9]|[12][0-9]|3[01])`;
  const short = `(0[469]|11)${afterMonth}(0[1-9]|[12][0-9]|30)`;
  const february = `02${afterMonth}(0[1-9]|1[0-9]|2[0-8])`;
  const leapDay = `${LEAP_YEAR}${afterYear}02${afterMonth}29`;
  return `((19|20)[0-9][0-9]${afterYear}(${long}|${short}|${february})|${leapDay})${afterDay}`;
}

/**
 * Pattern of the times of a day.
 *
 * @param separators what stands after hour, minute and second; without a third one there are no seconds.
 */
export function timePattern([afterHour = '', afterMinute = '', afterSecond]: readonly string[]): string {
  const seconds = afterSecond === undefined ? '' : `[0-5][0-9]${literal(afterSecond)}`;
  return `([01][0-9]|2[0-3])${literal(afterHour)}[0-5][0-9]${literal(afterMinute)}${seconds}`;
}

function literal(separator: string): string {
  return separator === '.' ? '[.]' : separator;
}

const LEAP_YEAR = '(19([02468][48]|[2468]0|[13579][26])|20([02468][048]|[13579][26]))';

/**
 * POSIX pattern of exactly the days that exist from 1900 to 2099, leap years and all.
 *
 * @param separator between year, month and day: `-` or nothing.
 */
export function dayPattern(separator: string): string {
  const long = `(0[13578]|1[02])${separator}(0[1-9]|[12][0-9]|3[01])`;
  const short = `(0[469]|11)${separator}(0[1-9]|[12][0-9]|30)`;
  const february = `02${separator}(0[1-9]|1[0-9]|2[0-8])`;
  return `((19|20)[0-9][0-9]${separator}(${long}|${short}|${february})|${LEAP_YEAR}${separator}02${separator}29)`;
}

/** Pattern of the times of a day. */
export function timePattern(separator: string): string {
  return `([01][0-9]|2[0-3])${separator}[0-5][0-9]${separator}[0-5][0-9]`;
}

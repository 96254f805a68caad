/**
 * Days that mean a day. Earlier ones, and the first and last day of the years 1900–2099, are what forms and
 * programs write for "nothing" or "no end": 0000-00-00, 1900-1-1, 2099-12-31, 9999-9-9 (D8).
 */
export const FIRST_DAY = '1900-01-02';
/** The first day after the supported ones. */
export const AFTER_LAST_DAY = '2099-12-31';

/** @param iso `yyyy-MM-dd`, not necessarily a day that exists. */
export function isSupportedDay(iso: string): boolean {
  return iso >= FIRST_DAY && iso < AFTER_LAST_DAY;
}

/** Whether digits spell "nothing" or "no end" rather than a mistake: no quality mark then. */
export function isDaySentinel(iso: string): boolean {
  return (
    iso === '0000-00-00' ||
    iso === '0001-01-01' ||
    iso === '1900-01-01' ||
    iso === '1899-12-30' ||
    iso === '1899-12-31' ||
    iso === '2099-12-31' ||
    iso.startsWith('2999-') ||
    iso.startsWith('9999-')
  );
}

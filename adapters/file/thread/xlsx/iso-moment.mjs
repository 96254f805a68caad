/** What stands behind a moment in the county's own zone. */
const COUNTY_OFFSET = '+08:00';

/**
 * A cell of type `d` as the other cells of days and times are written: `2026-06-30`, `2026-06-30 08:00:00`, `08:30:00`.
 * A workbook knows no zones, so that `Z` only says that the writer's library wants one. A moment in a zone of its own,
 * and what is no moment, stays as it stands: the field that reads the cell tells what it makes of it.
 *
 * @param {string} value
 */
export function isoMoment(value) {
  const match =
    /^(?:(\d{4}-\d{2}-\d{2})T?)?(?:(\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(value);
  if (match === null) return value;
  const [, day, minutes, seconds = ':00', zone] = match;
  const isForeign =
    zone !== undefined && zone !== 'Z' && zone.replace(/^(...)(?=\d)/, '$1:') !== COUNTY_OFFSET;
  if (isForeign || (day === undefined && minutes === undefined)) return value;
  if (minutes === undefined) return day ?? value;
  const time = `${minutes}${seconds}`;
  if (day === undefined) return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}

import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../runtime/clock.js';

/** What `_received` says: `yyyy-MM-dd HH:mm:ss` of the county. */
export function writeReceived(moment: Date): string {
  return DateTime.fromJSDate(moment, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** As part of a file's name: `yyyyMMddTHHmmssSSS` of the county. */
export function writeFileMoment(moment: Date): string {
  return DateTime.fromJSDate(moment, { zone: COUNTY_ZONE }).toFormat("yyyyMMdd'T'HHmmssSSS");
}

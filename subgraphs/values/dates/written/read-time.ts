import { two } from '../calendar.js';
import { isTimeOfDay, offsetMinutes } from '../moment.js';

/** What follows the day in a cell. */
interface TimeOfDay {
  /** `HH:mm:ss`; null where a zone alone follows the day. */
  readonly time: string | null;
  /** Minutes east of Greenwich where the cell says so. */
  readonly offset: number | null;
}

const ZONE =
  '(Z|(?:UTC|GMT)(?![+-])|(?:UTC|GMT)?[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?)(?:\\s?[A-Z]{3,4})?(?:\\[[A-Za-z0-9/_+:-]+\\])?';
const HALF = '上午|下午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|AM|PM';
const CLOCK = '(\\d{1,2})(?:[:时点](\\d{1,2})(?:[:分](\\d{1,2})秒?|分)?(?:[.,]\\d+)?|[时点]整?)';
const TIME = new RegExp(`^(${HALF})?\\s*${CLOCK}\\s*(${HALF})?\\s*(?:${ZONE})?$`, 'i');
const ZONE_ALONE = new RegExp(`^${ZONE}$`);

/**
 * Reads `15:05`, `15时5分`, `下午3:05:06`, `3:05 PM`, `00:30:00.000Z`, `15:05:06 +0800 CST`, and a zone alone.
 *
 * @param text without blanks at the ends; not empty.
 * @returns null for anything else, and for a time that contradicts itself (上午 15:00).
 */
export function readTime(text: string): TimeOfDay | null {
  if (ZONE_ALONE.test(text)) return { time: null, offset: null };
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, before, hourText = '', minute = '0', second = '0', after, offset] = match;
  if (before !== undefined && after !== undefined) return null;
  const hour = hourOfHalf(Number(hourText), (before ?? after)?.toUpperCase());
  if (hour === null || !isTimeOfDay(hour, Number(minute), Number(second))) return null;
  return {
    time: `${two(hour)}:${two(Number(minute))}:${two(Number(second))}`,
    offset: offset === undefined ? null : zoneMinutes(offset),
  };
}

/** The hour of a day of 24 hours; null where the word and the hour contradict each other. */
function hourOfHalf(hour: number, half: string | undefined): number | null {
  switch (half) {
    case undefined:
      return hour;
    case 'PM':
    case '下午':
    case '傍晚':
      // `下午 15:05` repeats itself.
      return hour === 12 || (hour > 12 && hour < 24) ? hour : hour >= 1 && hour < 12 ? hour + 12 : null;
    case '晚上':
      // 晚上12点 is the end of the day for some and its beginning for others.
      return hour >= 18 && hour < 24 ? hour : hour >= 5 && hour < 12 ? hour + 12 : null;
    case '中午':
      return hour >= 11 && hour <= 14 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : null;
    default:
      return hour === 12 ? 0 : hour < 12 ? hour : null;
  }
}

function zoneMinutes(zone: string): number {
  const offset = zone.replace(/^(?:UTC|GMT)/i, '').toUpperCase();
  if (offset === '' || offset === 'Z') return 0;
  return offsetMinutes(/^[+-]\d\d$/.test(offset) ? `${offset}:00` : offset);
}

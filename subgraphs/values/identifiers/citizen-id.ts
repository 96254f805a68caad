import { isCalendarDay } from '../dates/calendar.js';
import { isDivision } from '../places/divisions.js';
import { only } from '../quality.js';
import {
  bareIdentifier,
  type IdentifierReading,
  readChecked,
  unread,
  withDigitsRepaired,
} from './identifier.js';
import { isUscc } from './uscc.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** GB 11643-1999: the 18th character for the first 17 digits. */
export function citizenCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17.charAt(index)), 0);
  return CHECKS.charAt(sum % 11);
}

/** Whether a text is a canonical citizen's number: division, a birthday that exists, right check character. */
export function isCitizenId(text: string): boolean {
  if (!/^[0-9]{6}(?:18|19|20)[0-9]{9}[0-9X]$/.test(text) || !isDivision(text.slice(0, 6))) return false;
  if (!isCalendarDay(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))))
    return false;
  return citizenCheckCharacter(text.slice(0, 17)) === text.charAt(17);
}

/** The 18-character form of a 15-digit number (D6), null when it is none. All its bearers were born in 19xx. */
export function citizenIdOf15(text: string): string | null {
  if (!/^[0-9]{15}$/.test(text)) return null;
  const first17 = `${text.slice(0, 6)}19${text.slice(6)}`;
  const full = first17 + citizenCheckCharacter(first17);
  return isCitizenId(full) ? full : null;
}

/** Reads a citizen's number; a firm's code in its place is implausible (D5), a masked one no key (D7). */
export function readCitizenId(text: string): IdentifierReading {
  const bare = bareIdentifier(text).replace(/[×✕]$/, 'X');
  const from15 = citizenIdOf15(withDigitsRepaired(bare));
  if (from15 !== null) return { value: from15, quality: only('ID_REPAIRED') };
  const read = readChecked(bare, isCitizenId);
  if (read.value !== null) return read;
  return isUscc(bare) ? { value: null, quality: only('ID_IMPLAUSIBLE') } : unread(bare);
}

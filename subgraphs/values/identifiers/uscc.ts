import { isDivision } from '../places/divisions.js';
import { bareIdentifier, type IdentifierReading, readChecked } from './identifier.js';

/** GB 32100-2015: digits and letters but I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** By character code. */
const VALUES = new Map([...ALPHABET].map((character, value) => [character.charCodeAt(0), value]));
const SHAPE = /^[1-9A-HJ-NPQRTUWXY][1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** The 18th character for the first 17; null when a character is outside the alphabet. */
export function usccCheckCharacter(first17: string): string | null {
  let sum = 0;
  for (let index = 0; index < WEIGHTS.length; index++) {
    const value = VALUES.get(first17.charCodeAt(index));
    if (value === undefined) return null;
    sum += value * (WEIGHTS[index] ?? 0);
  }
  // The outer remainder turns 31 into 0; the standard's printed formula leaves it out.
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether a text is a canonical unified social credit code with a right check character. */
export function isUscc(text: string): boolean {
  return (
    SHAPE.test(text) &&
    isDivision(text.slice(2, 8)) &&
    usccCheckCharacter(text.slice(0, 17)) === text.charAt(17)
  );
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** GB 11714 check character of an eight-character organisation code. */
function organisationCheckCharacter(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * ORGANISATION_ALPHABET.indexOf(first8.charAt(index)),
    0,
  );
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/**
 * `full`: the organisation code inside has a right check character as well. Many genuine codes are `outer`
 * only, so this grades and never rejects.
 */
export function gradeUscc(uscc: string): 'full' | 'outer' {
  return organisationCheckCharacter(uscc.slice(8, 16)) === uscc.charAt(16) ? 'full' : 'outer';
}

/** Reads a unified social credit code in any of the spellings of D2, D3 and D11. */
export function readUscc(text: string): IdentifierReading {
  return readChecked(bareIdentifier(text), isUscc);
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** `serial` in so many characters of the alphabet of USCC, which has no I, O, S, V, Z. */
export function usccDigits(serial: number, length: number): string {
  let text = '';
  for (let rest = serial; text.length < length; rest = Math.floor(rest / 31)) {
    text = (USCC_ALPHABET[rest % 31] ?? '') + text;
  }
  return text;
}

/**
 * Unified social credit code, GB 32100-2015.
 *
 * @param category first two characters: `91` enterprise, `92` individual business, `93` cooperative.
 * @param organisation positions 9 to 16, the organisation code without its check character.
 */
export function usccOf(category: string, division: string, organisation: string): string {
  const sum = weigh(organisation, ORGANISATION_WEIGHTS, (character) =>
    /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55,
  );
  const inner = '0X987654321'[sum % 11] ?? '';
  const body = `${category}${division}${organisation}${inner}`;
  const total = weigh(body, USCC_WEIGHTS, (character) => USCC_ALPHABET.indexOf(character));
  return body + (USCC_ALPHABET[(31 - (total % 31)) % 31] ?? '');
}

/** Appends the check digit of ISO 7064 MOD 11,10 (GS 15-2006 registration numbers, licence numbers). */
export function withMod11Check(digits: string): string {
  let product = 10;
  for (const digit of digits) product = (((product + Number(digit)) % 10 || 10) * 2) % 11;
  return digits + ((11 - product) % 10);
}

/** Appends the check character of GB 11643-1999 to the first 17 digits of a citizen's number. */
export function withCitizenCheck(digits: string): string {
  return digits + '10X98765432'[weigh(digits, CITIZEN_WEIGHTS, Number) % 11];
}

function weigh(text: string, weights: readonly number[], digitOf: (character: string) => number): number {
  return weights.reduce((sum, weight, index) => sum + weight * digitOf(text[index] ?? ''), 0);
}

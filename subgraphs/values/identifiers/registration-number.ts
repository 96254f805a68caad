import { bareIdentifier, type IdentifierReading, readChecked } from './identifier.js';

/** GS 15-2006: the 15th digit for the first 14, ISO 7064 MOD 11,10. */
export function registrationCheckDigit(first14: string): string {
  let product = 10;
  for (const digit of first14) {
    product = (product + Number(digit)) % 10 || 10;
    product = (product * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Whether a text is a canonical registration number of the time before unified codes. */
export function isRegistrationNumber(text: string): boolean {
  return (
    /^[0-9]{15}$/.test(text) &&
    !/^(.)\1*$/.test(text) &&
    registrationCheckDigit(text.slice(0, 14)) === text.charAt(14)
  );
}

export function readRegistrationNumber(text: string): IdentifierReading {
  return readChecked(bareIdentifier(text), isRegistrationNumber);
}

const TELEPHONE = '1[0-9]{10}';
const CITIZEN_ID = '[1-9][0-9]{16}[0-9Xx]';
const LANDLINE = '0[0-9]{2,3}[-－ ]?[0-9]{7,8}';

/** Longest first; digits on either side belong to another number. Full-width digits count as digits. */
const NUMBER = new RegExp(`(?<![0-9])(?:${CITIZEN_ID}|${TELEPHONE}|${LANDLINE})(?![0-9])`, 'g');

/** Hides telephone and citizen numbers within a text: of a number only its first three digits remain. */
export function redactText(text: string): string {
  const plain = text.replace(/[０-９Ｘ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
  // Where there is nothing to hide the text stays as it was written.
  if (plain.search(NUMBER) < 0) return text;
  return plain.replace(NUMBER, (number) => `${number.slice(0, 3)}${'*'.repeat(number.length - 3)}`);
}

/** Written in one, or in groups of three, four and four; abroad one dials 86 before it. */
const TELEPHONE = '(?:(?:00|[+])?86[-－ ]?)?1[0-9]{2}[-－ ]?[0-9]{4}[-－ ]?[0-9]{4}';
const CITIZEN_ID = '[1-9][0-9]{16}[0-9Xx]';
/** Until 1999: region, day of birth without its century, a running number. */
const OLD_CITIZEN_ID = '[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}';
const LANDLINE = '0[0-9]{2,3}[-－ ]?[0-9]{7,8}';

/** Longest first; digits on either side belong to another number. Full-width digits count as digits. */
const NUMBER = new RegExp(
  `(?<![0-9])(?:${CITIZEN_ID}|${OLD_CITIZEN_ID}|${TELEPHONE}|${LANDLINE})(?![0-9])`,
  'g',
);

/** Hides telephone and citizen numbers within a text: of a number only its first three digits remain. */
export function redactText(text: string): string {
  const plain = text.replace(/[０-９Ｘ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
  // Where there is nothing to hide the text stays as it was written.
  if (plain.search(NUMBER) < 0) return text;
  return plain.replace(NUMBER, (number) => `${number.slice(0, 3)}${'*'.repeat(number.length - 3)}`);
}

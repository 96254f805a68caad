const CITIZEN = /^\d{17}[\dX]$/i;
const PHONE = /^1\d{10}$/;
const EMAIL = /^([^@\s])[^@\s]*@(\S+)$/;
const PLATE = /^([\u4e00-\u9fa5][A-Z])[·\s]?[A-Z\d]{4,6}[\u4e00-\u9fa5]?$/;
const CARD = /^\d{12,30}$/;
/** An address says where somebody lives: what is told is the township. */
const ADDRESS = /^(.*?(?:镇|乡|街道))(?=.)/;

/**
 * A text as those may read it who may not read it whole (domain PIPL-04): `张*`, `330***********0009`, `138****5678`,
 * `a***@example.cn`, `浙L****`, the township of an address, the last four digits of an account.
 */
export function maskText(text: string): string {
  const trimmed = text.trim();
  if (CITIZEN.test(trimmed)) return keepEnds(trimmed, 3, 4);
  if (PHONE.test(trimmed)) return keepEnds(trimmed, 3, 4);
  if (CARD.test(trimmed)) return keepEnds(trimmed, 0, 4);
  const email = EMAIL.exec(trimmed);
  if (email !== null) return `${email[1]}***@${email[2]}`;
  const plate = PLATE.exec(trimmed);
  if (plate !== null) return `${plate[1]}****`;
  const address = ADDRESS.exec(trimmed);
  if (address !== null) return `${address[1]}***`;
  const characters = [...trimmed];
  // A text of one character would be shown whole.
  const shown = characters.length > 1 ? 1 : 0;
  return characters.map((character, index) => (index < shown ? character : '*')).join('');
}

function keepEnds(text: string, first: number, last: number): string {
  return text.slice(0, first) + '*'.repeat(text.length - first - last) + text.slice(text.length - last);
}

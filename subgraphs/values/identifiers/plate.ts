import { withoutBlanks } from '../texts/cell-text.js';
import { CLEAN } from '../value-codec.js';
import { type IdentifierReading, unread } from './identifier.js';

const PROVINCES = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新';
/** Five characters; six with the fuel letter of a new-energy vehicle first or last. Letters I and O are not used. */
const PLATE = new RegExp(
  `^[${PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])$`,
);

export function isPlate(text: string): boolean {
  return PLATE.test(text);
}

/** `浙L·D1234 5`, `浙Ｌ12345`, `浙L-12345` → `浙L12345`. Without a check character nothing is repaired. */
export function readPlate(text: string): IdentifierReading {
  const bare = withoutBlanks(text.normalize('NFKC'))
    .toUpperCase()
    .replace(/[·•・.\-_—]/g, '');
  return isPlate(bare) ? { value: bare, quality: CLEAN } : unread(bare);
}

import { withoutBlanks } from '../texts/cell-text.js';
import { CLEAN } from '../value-codec.js';
import { type IdentifierReading, unread } from './identifier.js';
import { readPlateColour, withPlateColour } from './plate-colour.js';

const PROVINCES = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新';
/** Letters I and O are not used; O alone, for the police of a province. */
const CITY = `[${PROVINCES}][A-HJ-NP-Z]`;
const CHARACTER = '[A-HJ-NP-Z0-9]';
/** Kinds of plates, each with the colours in which it is issued; the first is the one meant without a word. */
const KINDS: readonly { readonly number: RegExp; readonly colours: string }[] = [
  { number: new RegExp(`^${CITY}${CHARACTER}{4}挂$`), colours: '黄' },
  { number: new RegExp(`^${CITY}${CHARACTER}{4}学$`), colours: '黄蓝' },
  { number: new RegExp(`^[${PROVINCES}][A-HJ-Z]${CHARACTER}{4}警$`), colours: '白' },
  { number: new RegExp(`^${CITY}${CHARACTER}{4}[港澳领]$`), colours: '黑' },
  // New-energy vehicles: the letter of the fuel stands first on small ones, last on large ones.
  { number: new RegExp(`^${CITY}[A-HJK]${CHARACTER}\\d{4}$`), colours: '绿' },
  { number: new RegExp(`^${CITY}\\d{5}[DF]$`), colours: '绿' },
];
/** A lorry, a car and a foreigner's car may bear the same number, each in its colour. */
const ORDINARY = new RegExp(`^${CITY}${CHARACTER}{5}$`);

/** Marks that stand between the parts of a plate. */
const MARKS = /[·•・.\-_—:,;"'“”]/g;

/** Whether a text is a canonical plate: the number alone, or with the colour that tells it from others. */
export function isPlate(text: string): boolean {
  return canonicalPlate(text) === text;
}

/**
 * `浙L·D1234 5`, `浙Ｌ12345`, `浙L-12345` → `浙L12345`; `浙L12345_黄`, `(黄)浙L12345` → `浙L12345黄`. The colour
 * is kept where it tells two vehicles apart, and dropped where the number says it itself (`浙LD12345绿`). A colour
 * that the number cannot have gives no plate. Without a check character nothing is repaired.
 */
export function readPlate(text: string): IdentifierReading {
  const written = withoutBlanks(text.normalize('NFKC')).toUpperCase();
  const bare = written.replace(MARKS, '');
  if (hasCode(written)) return unread(bare);
  const plate = canonicalPlate(bare);
  return plate === null ? unread(bare) : { value: plate, quality: CLEAN };
}

/**
 * `浙LD1234_2`: a plate and the code of its colour. Two standards number the colours in different ways, and
 * joined to the number the code would make another plate.
 */
function hasCode(written: string): boolean {
  const [, number] = /^(.+)[-_—:,;/#|.]+[A-Z0-9]{1,2}$/.exec(written) ?? [];
  return number !== undefined && canonicalPlate(number.replace(MARKS, '')) !== null;
}

function canonicalPlate(bare: string): string | null {
  const { number, colour } = readPlateColour(bare);
  const kind = KINDS.find((each) => each.number.test(number));
  if (kind !== undefined) {
    if (colour === null || kind.colours.startsWith(colour)) return number;
    return kind.colours.includes(colour) ? withPlateColour(number, colour) : null;
  }
  if (!ORDINARY.test(number)) return null;
  if (colour === null) return number;
  return '蓝黄黑白'.includes(colour) ? withPlateColour(number, colour) : null;
}

import type { SourceValue } from '../../../adapters/source-value.js';

/**
 * What is trimmed off a cell (D11): blanks of every width, tabs, line ends, zero-width characters, soft hyphens
 * and byte order marks. The content of a bracket expression in patterns for sources as well as here, so without
 * U+2028 and U+2029, which not every source can be given in a pattern.
 */
export const BLANKS =
  '\t-\r \u0085\u00a0\u00ad\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff';

const EDGES = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, 'gu');
const ALL_BLANKS = new RegExp(`[${BLANKS}]+`, 'gu');

/** The text of a cell; null for NULL alone. Bytes are read as UTF-8, damage and all. */
export function cellText(cell: SourceValue): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('utf8');
  return String(cell);
}

/** Without blanks at both ends. */
export function trimText(text: string): string {
  return isBare(text.charCodeAt(0)) && isBare(text.charCodeAt(text.length - 1))
    ? text
    : text.replace(EDGES, '');
}

/** Whether a character is none of the blanks, as those of ASCII and the ideographs are; of most texts that is all to be known. */
function isBare(unit: number): boolean {
  return (unit > 0x20 && unit < 0x7f) || (unit >= 0x3400 && unit <= 0x9fff);
}

/** A formula that shows one text (`="0012"`), or the apostrophe that tells Excel to keep a text. */
const GUARDED = /^(?:[=＝]["＂]([^"＂]*)["＂]|['＇]([^'＇]*))$/;

const GUARDS = new Set(['=', '＝', "'", '＇']);

/**
 * Without the guard that an exporter puts around a text lest Excel takes it for a number.
 *
 * @param trimmed without blanks at the ends.
 */
export function withoutGuard(trimmed: string): string {
  if (!GUARDS.has(trimmed.charAt(0))) return trimmed;
  const match = GUARDED.exec(trimmed);
  return match === null ? trimmed : trimText(match[1] ?? match[2] ?? '');
}

/** The text of a cell as people read it: without blanks at the ends and without an exporter's guard. */
export function unguardedText(cell: SourceValue): string | null {
  const text = cellText(cell);
  return text === null ? null : withoutGuard(trimText(text));
}

/** Without blanks anywhere. */
export function withoutBlanks(text: string): string {
  return text.replace(ALL_BLANKS, '');
}

/** Full-width ASCII (Ａ, １, （) in its usual width. Unlike NFKC it can be turned round into a pattern. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}

/** Only a–z: the letters that a source's pattern can name in both cases. */
export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

import { isNumeric } from '../../compare-cells.js';
import type { ColumnType } from '../../source-adapter.js';
import { SourceMalformed } from '../../source-error.js';
import type { SourceValue } from '../../source-value.js';
import { decodeFloat, decodeInteger } from '../../sql/decode-number.js';
import { numberKey, numberOfKey } from './number-key.js';

/**
 * The first letter of a kept cell says its kind, so that cells of every kind stand in one column of texts, sort by their
 * bytes (numbers, texts, bytes), and null, which is the empty text, is none of them.
 */
export const KIND = { number: 'n', text: 't', bytes: 'x' } as const;

/** After the first letter of cells of a kind, in their order. */
export const AFTER_KIND = { number: 'o', text: 'u', bytes: 'y' } as const;

/** Between a decimal's key and its digits as the source writes them. No key holds a blank. */
export const SPELLING = ' ';

/**
 * A cell as the store keeps it. A number is kept by its value, in a column of decimals also as it is written; in columns
 * of texts it is a text.
 */
export function encodeCell(cell: SourceValue, type: ColumnType): string {
  if (cell === null) return '';
  if (cell instanceof Uint8Array) return KIND.bytes + Buffer.from(cell).toString('hex');
  // Half a character is none, and no database keeps it.
  const text =
    typeof cell === 'boolean' ? String(Number(cell)) : String(cell).replace(/\p{Surrogate}/gu, '\ufffd');
  if (type === 'text' || type === 'json') return KIND.text + text;
  // A text is a number where its column says so; a text in a column of dates or of anything is a text.
  const key = typeof cell !== 'string' || isNumeric(type) ? numberKey(text) : null;
  if (key === null) return KIND.text + text;
  return KIND.number + key + (type === 'decimal' ? SPELLING + text : '');
}

/** @throws {SourceMalformed} on what `encodeCell` does not write. */
export function decodeCell(kept: unknown, name: string, type: ColumnType): SourceValue {
  if (kept === '') return null;
  if (typeof kept === 'string') {
    const [kind, content] = [kept[0], kept.slice(1)];
    if (kind === KIND.text) return content;
    if (kind === KIND.bytes && /^(?:[0-9a-f]{2})*$/.test(content)) {
      return new Uint8Array(Buffer.from(content, 'hex'));
    }
    if (kind === KIND.number) {
      const number = decodeNumber(content, type);
      if (number !== null) return number;
    }
  }
  const found = typeof kept === 'string' ? JSON.stringify(kept.slice(0, 60)) : `a ${typeof kept}`;
  throw new SourceMalformed(
    `Cannot read column ${name} of the snapshot: a cell must be one that was kept, but is ${found}`,
  );
}

function decodeNumber(content: string, type: ColumnType): SourceValue {
  if (type === 'decimal') {
    const at = content.indexOf(SPELLING);
    return at < 0 ? null : content.slice(at + 1);
  }
  const text = numberOfKey(content);
  if (text === null) return null;
  if (type === 'boolean') return text !== '0';
  return (type === 'float' ? null : decodeInteger(text)) ?? decodeFloat(text);
}

import { DropRefused } from '../drop-fault.mjs';

const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;

/**
 * `B3` as row 3 (counted from 1) and column 1 (counted from 0).
 *
 * @param {string} text
 * @returns {{ row: number, column: number }}
 * @throws {DropRefused} on what is no cell of a sheet.
 */
export function parseAddress(text) {
  const match = /^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$/.exec(text.toUpperCase());
  const [, letters = '', digits = ''] = match ?? [];
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  if (match === null || row > MAX_ROW || column > MAX_COLUMN) {
    throw new DropRefused('broken-xlsx', { value: `${text} is no cell` });
  }
  return { row, column: column - 1 };
}

/**
 * @param {string} text
 * @returns {number}
 */
export function parseRowNumber(text) {
  const row = /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : 0;
  if (row < 1 || row > MAX_ROW) throw new DropRefused('broken-xlsx', { value: `${text} is no row` });
  return row;
}

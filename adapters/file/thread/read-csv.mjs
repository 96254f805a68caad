import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { decodeFile } from './decode-text.mjs';
import { DropRefused } from './drop-fault.mjs';

/** Characters of one row; a quote that is never closed would swallow the rest of the file. */
const MAX_ROW_LENGTH = 8 << 20;

/**
 * @param {string} path
 * @param {{ readonly charset: 'auto' | 'utf-8' | 'gb18030', readonly delimiter: string }} format
 * @param {import('./sheet-table.mjs').SheetTable} table is given every row, counted as a spreadsheet counts them
 * @throws {DropRefused} where quotes make no sense, or the file is no text.
 */
export async function readCsv(path, { charset, delimiter }, table) {
  let row = 0;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_ROW_LENGTH,
    // To tell `""` from nothing. The parser would say it of each cell (`cast`), at fifteen times the cost.
    raw: true,
  });
  try {
    await pipeline(
      decodeFile(path, charset),
      parser,
      async (/** @type {AsyncIterable<{ record: string[], raw: string }>} */ found) => {
        for await (const { record, raw } of found) {
          row += 1;
          table.add(row, markMissing(record, raw));
        }
      },
    );
  } catch (error) {
    if (error instanceof CsvError)
      throw new DropRefused('broken-csv', { row: row + 1, value: error.message });
    throw error;
  }
  table.end();
}

/**
 * Nothing between two delimiters is no value; `""` is an empty text.
 *
 * @param {readonly string[]} cells
 * @param {string} raw the row as it stands in the file
 * @returns {(string | null)[]}
 */
function markMissing(cells, raw) {
  let place = 0;
  return cells.map((cell) => {
    const isQuoted = raw[place] === '"';
    const quotes = isQuoted ? 2 + countQuotes(cell) : 0;
    place += cell.length + quotes + 1;
    return cell === '' && !isQuoted ? null : cell;
  });
}

/** Each of them stands twice in the file. @param {string} cell */
function countQuotes(cell) {
  let count = 0;
  for (let at = cell.indexOf('"'); at >= 0; at = cell.indexOf('"', at + 1)) count += 1;
  return count;
}

import { closeSync, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { decodeFile } from './decode-text.mjs';
import { DropRefused } from './drop-fault.mjs';

/** @typedef {import('./cell-text.mjs').Cell} Cell */

/** Characters of one row; a quote that is never closed would swallow the rest of the file. */
const MAX_ROW_LENGTH = 8 << 20;
/** A formula that shows one text: so do exporters keep Excel from taking it for a number. */
const GUARDED = /^="([^"]*)"$/;
/** The end of a file on systems of old. */
const END_OF_FILE = '\u001a';

/**
 * @param {string} path
 * @param {{ readonly charset: 'utf-8' | 'gb18030', readonly delimiter: string }} format
 * @param {import('./sheet-table.mjs').SheetTable} table is given every row, counted as a spreadsheet counts them
 * @throws {DropRefused} when a quote is never closed, or the file is no text.
 */
export async function readCsv(path, { charset, delimiter }, table) {
  const hint = readHint(path);
  const parser = parse({
    delimiter: hint ?? delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // A quote out of its place is found below, with the place of its cell.
    relax_quotes: true,
    max_record_size: MAX_ROW_LENGTH,
    // To tell `""` from nothing. The parser would say it of each cell (`cast`), at fifteen times the cost.
    raw: true,
  });
  // The hint is no row: Excel does not show it.
  const first = hint === null ? 1 : 0;
  let row = first - 1;
  try {
    await pipeline(
      decodeFile(path, charset),
      parser,
      async (/** @type {AsyncIterable<{ record: string[], raw: string }>} */ found) => {
        for await (const { record, raw } of found) {
          row += 1;
          if (row < 1 || (record.length === 1 && record[0] === END_OF_FILE)) continue;
          table.add(row, readCells(record, raw));
        }
      },
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser is ahead of the rows that have been taken from it.
    throw new DropRefused('broken-csv', { row: parser.info.records + first, value: error.message });
  }
  table.end();
}

/** The delimiter that a first line such as `sep=;` tells Excel. @param {string} path */
function readHint(path) {
  const head = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  return /^(?:\xef\xbb\xbf)?"?sep=([^"\r\n])"?[\r\n]/i.exec(head.toString('latin1'))?.[1] ?? null;
}

/**
 * Nothing between two delimiters is no value; `""` is an empty text. A quote that stands neither around a cell nor twice
 * within it is a fault, unless an exporter forgot to quote the guard of a text (`="0012"`).
 *
 * @param {readonly string[]} cells
 * @param {string} raw the row as it stands in the file
 * @returns {Cell[]}
 */
function readCells(cells, raw) {
  let place = 0;
  let isBroken = false;
  return cells.map((cell) => {
    if (isBroken) return cell;
    const isQuoted = raw[place] === '"';
    const written = isQuoted ? `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"` : cell;
    const guarded = cell.startsWith('=') ? GUARDED.exec(cell)?.[1] : undefined;
    const isSound = isQuoted ? raw.startsWith(written, place) : guarded !== undefined || !cell.includes('"');
    place += written.length + 1;
    if (!isSound) {
      isBroken = true;
      return { code: 'broken-csv', value: cell };
    }
    return cell === '' && !isQuoted ? null : (guarded ?? cell);
  });
}

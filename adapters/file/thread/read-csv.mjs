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
    // Nothing between two delimiters is no value; `""` is an empty text.
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
  try {
    await pipeline(
      decodeFile(path, charset),
      parser,
      async (/** @type {AsyncIterable<unknown>} */ records) => {
        for await (const record of records) {
          row += 1;
          table.add(row, /** @type {(string | null)[]} */ (record));
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

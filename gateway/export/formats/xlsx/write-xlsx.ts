import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Column } from '../../ask/columns.js';
import { cellOf } from '../cell-of.js';
import type { FileFacts, WriteFile } from '../file-writer.js';
import { explainSheet } from './explain-sheet.js';
import { queueRows, type RowQueue } from './row-queue.js';
import { columnName, sheetCell, textCell } from './sheet-cell.js';
import { SHEET_END, STYLES, sheetStart, workbookParts } from './workbook-parts.js';

/** Rows that a sheet can have, its line of headings included. */
const SHEET_ROWS = 1_048_576;
const WIDTH = 18;

/**
 * A workbook: the rows, on further sheets where one cannot hold them, and a second sheet that says what they rest on.
 * Nothing is kept but the piece that is being written.
 *
 * @param sheetRows for tests: rows that a sheet can have.
 */
export function writeXlsx(sheetRows = SHEET_ROWS): WriteFile {
  return async function* (pages, facts) {
    const zip = new ZipFile();
    const output = zip.outputStream as Readable;
    const queue = queueRows(pages);
    let sheet: Readable | null = null;
    const addSheet = async (name: string): Promise<void> => {
      sheet = Readable.from(sheetOf(queue, facts.columns, sheetRows), { objectMode: false });
      zip.addReadStream(sheet, name);
      await finished(sheet);
    };
    const written = addParts(zip, queue, facts, addSheet).catch((error: unknown) => {
      output.destroy(error instanceof Error ? error : new Error(String(error)));
    });
    try {
      for await (const piece of output) yield piece as Buffer;
    } finally {
      (sheet as Readable | null)?.destroy();
      output.destroy();
      await written;
      await queue.close();
    }
  };
}

async function addParts(
  zip: ZipFile,
  queue: RowQueue,
  facts: FileFacts,
  addSheet: (name: string) => Promise<void>,
): Promise<void> {
  const sheets = ['数据', '说明'];
  await addSheet(partName(1));
  while (await queue.hasMore()) await addSheet(partName(sheets.push(`数据${sheets.length}`)));
  // Only now all is known.
  zip.addBuffer(Buffer.from(explainSheet(facts)), partName(2));
  for (const [name, text] of workbookParts(sheets)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
}

function partName(place: number): string {
  return `xl/worksheets/sheet${place}.xml`;
}

/** A sheet of as many rows as it can hold. */
async function* sheetOf(
  queue: RowQueue,
  columns: readonly Column[],
  sheetRows: number,
): AsyncGenerator<Buffer> {
  const headings = columns.map(({ heading }, index) =>
    textCell(`${columnName(index)}1`, heading, STYLES.heading),
  );
  const widths = columns.map(() => WIDTH);
  yield Buffer.from(`${sheetStart(widths, true)}<row r="1">${headings.join('')}</row>`);
  let last = 1;
  while (last < sheetRows) {
    const rows = await queue.take(sheetRows - last);
    if (rows.length === 0) break;
    const from = last + 1;
    yield Buffer.from(rows.map((row, index) => rowOf(row, from + index, columns)).join(''));
    last += rows.length;
  }
  yield Buffer.from(SHEET_END);
}

function rowOf(row: unknown, place: number, columns: readonly Column[]): string {
  const cells = columns.map(({ path, kind }, index) =>
    sheetCell(`${columnName(index)}${place}`, cellOf(row, path), kind),
  );
  return `<row r="${place}">${cells.join('')}</row>`;
}

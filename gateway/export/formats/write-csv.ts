import iconv from 'iconv-lite';
import type { Column } from '../ask/columns.js';
import { cellOf } from './cell-of.js';
import type { WriteFile } from './file-writer.js';
import { isFormulaLike } from './formula.js';

const BYTE_ORDER_MARK = '\ufeff';
const QUOTED = /[",\r\n]|^\s|\s$/;

/**
 * RFC 4180 with a line of headings: UTF-8 with a byte-order mark, by which Excel knows it, or GB18030. A cell that a
 * spreadsheet program would take for a formula begins with an apostrophe.
 */
export function writeCsv(charset: 'utf-8' | 'gb18030'): WriteFile {
  const encode = (text: string): Buffer =>
    charset === 'utf-8' ? Buffer.from(text) : iconv.encode(text, 'gb18030');
  return async function* (pages, { columns }) {
    const mark = charset === 'utf-8' ? BYTE_ORDER_MARK : '';
    yield encode(`${mark}${columns.map(({ heading }) => cellText(heading, 'text')).join(',')}\r\n`);
    for await (const rows of pages) {
      yield encode(rows.map((row) => `${lineOf(row, columns)}\r\n`).join(''));
    }
  };
}

function lineOf(row: unknown, columns: readonly Column[]): string {
  return columns.map(({ path, kind }) => cellText(cellOf(row, path), kind)).join(',');
}

function cellText(text: string, kind: Column['kind']): string {
  const safe = isFormulaLike(text, kind) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

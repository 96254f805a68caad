import iconv from 'iconv-lite';
import type { LegacyCell, LegacyTable } from '../stores/legacy-table.js';

/** A table as Excel saves it: a line of headings, CRLF, quotes only where they are needed; NULL is nothing at all. */
export function formatCsv(table: LegacyTable): string {
  const lines = [table.columns.map(({ name }) => formatCell(name)).join(',')];
  for (const row of table.rows) lines.push(row.map(formatCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** An empty text is `""`, to be told from NULL. */
function formatCell(cell: LegacyCell): string {
  if (cell === null) return '';
  const text = String(cell);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param charset `utf-8` begins with a byte order mark, as Excel writes and wants it. */
export function encodeCsv(text: string, charset: 'utf-8' | 'gb18030'): Buffer {
  return iconv.encode(text, charset, { addBOM: charset === 'utf-8' });
}

import iconv from 'iconv-lite';
import type { Draw } from './draw.js';
import { headLines, type PlausibleSheet } from './plausible-sheet.js';
import { type Column, isPermitLost, type TrueRow } from './true-table.js';

/** A cell of a CSV. `isRaw`: it is written as it stands, with its own quotes. */
type CsvCell = { readonly text: string; readonly isRaw?: true } | null;

/** A CSV as Excel, WPS and the exporters of business systems write it. */
export function makeCsv(draw: Draw, sheet: PlausibleSheet): Buffer {
  const { delimiter, charset } = sheet.layout;
  const end = draw.pick(['\r\n', '\r\n', '\n'] as const);
  const quotesAll = draw.chance(0.2);
  const guards = draw.chance(0.2) ? draw.pick(['formula', 'bare', 'apostrophe', 'tab'] as const) : null;
  const lines: (readonly CsvCell[])[] = headLines(draw, sheet).map((texts) =>
    sheet.columns.map((_, index) => cellOf(texts[index] ?? null)),
  );
  for (const line of sheet.lines) lines.push(cellsOf(draw, sheet, line, guards));
  if (draw.chance(0.2)) lines.push(sheet.columns.map(() => null));
  const written = lines.map((cells) =>
    cells.map((cell) => writeCell(cell, delimiter, quotesAll)).join(delimiter),
  );
  const text = written.join(end) + (draw.chance(0.8) ? end : '');
  if (charset === 'gb18030') return iconv.encode(text, 'gb18030');
  const hinted = draw.chance(0.05) ? `sep=${delimiter}${end}${text}` : text;
  const encoding = draw.pick(['bom', 'utf-8', 'gb18030'] as const);
  if (encoding === 'gb18030') return iconv.encode(hinted, 'gb18030');
  return Buffer.from(`${encoding === 'bom' ? '\ufeff' : ''}${hinted}`);
}

function cellsOf(
  draw: Draw,
  { columns }: PlausibleSheet,
  line: PlausibleSheet['lines'][number],
  guards: Guard | null,
): readonly CsvCell[] {
  if (line.kind === 'blank') return columns.map(() => null);
  if (line.kind === 'aside')
    return columns.map((column) => cellOf(column === null ? null : (line.texts[column] ?? null)));
  return columns.map((column) => (column === null ? null : spell(draw, column, line.row, guards)));
}

type Guard = 'formula' | 'bare' | 'apostrophe' | 'tab';

const GUARDED: ReadonlySet<Column> = new Set(['id', 'uscc', 'permit', 'phone']);

function spell(draw: Draw, column: Column, row: TrueRow, guards: Guard | null): CsvCell {
  const value = row[column];
  if (value === null) return null;
  if (column === 'permit' && isPermitLost(row))
    return { text: Number(value).toExponential(5).replace('e', 'E') };
  const texts = textsOf(column, String(value));
  const text = draw.pick(texts);
  if (guards === null || !GUARDED.has(column)) return { text };
  switch (guards) {
    case 'formula':
      return { text: `="${text}"` };
    case 'bare':
      return { text: `="${text}"`, isRaw: true };
    case 'apostrophe':
      return { text: `'${text}` };
    case 'tab':
      return { text: draw.pick([`${text}\t`, `\t${text}`]) };
  }
}

function textsOf(column: Column, value: string): [string, ...string[]] {
  switch (column) {
    case 'fine': {
      const [whole = '', fraction = ''] = value.split('.');
      const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
      return value.startsWith('-')
        ? [value, `(${grouped.slice(1)})`]
        : [value, grouped, `¥${grouped}`, String(Number(value)), `${value}元`];
    }
    case 'count':
      return [value, `${value}人`];
    case 'day': {
      const [year = '', month = '', day = ''] = value.split('-');
      return [
        value,
        `${year}/${Number(month)}/${Number(day)}`,
        `${year}年${Number(month)}月${Number(day)}日`,
        `${year}${month}${day}`,
      ];
    }
    case 'at':
      return [value, value.replaceAll('-', '/'), value.replace(/-0?(\d+)-0?(\d+) 0?/, '/$1/$2 ')];
    case 'ok':
      return value === 'true' ? ['是', '1', 'TRUE'] : ['否', '0', 'FALSE'];
    default:
      return [value];
  }
}

function cellOf(text: string | null): CsvCell {
  return text === null ? null : { text };
}

function writeCell(cell: CsvCell, delimiter: string, quotesAll: boolean): string {
  if (cell === null) return '';
  const needsQuotes = quotesAll || /["\r\n]/.test(cell.text) || cell.text.includes(delimiter);
  return cell.isRaw !== true && needsQuotes ? `"${cell.text.replaceAll('"', '""')}"` : cell.text;
}

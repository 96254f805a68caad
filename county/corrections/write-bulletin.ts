import writeExcelFile from 'write-excel-file/node';
import { escapeXml } from '../../gateway/export/formats/xlsx/escape-xml.js';
import { type Bulletin, HEADINGS, linesOf, sumOf, titleOf } from './bulletin.js';

const WIDTHS = [24, 18, 16, 14, 60, 12, 12, 10, 12, 30, 30, 12, 36];

/** As a workbook. Every cell is a text, so that none is taken for a formula. */
export function bulletinWorkbook(bulletin: Bulletin): Promise<Buffer> {
  const text = (value: string) => ({ value, type: String });
  const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' as const });
  const data = [
    [bold(titleOf(bulletin))],
    [text(sumOf(bulletin))],
    HEADINGS.map(bold),
    ...linesOf(bulletin).map((line) => line.map(text)),
  ];
  const columns = WIDTHS.map((width) => ({ width }));
  return writeExcelFile([{ sheet: '校核通报', data, columns }]).toBuffer();
}

/** As a page that needs nothing else. */
export function bulletinPage(bulletin: Bulletin): string {
  const title = escapeXml(titleOf(bulletin));
  const rowOf = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeXml(cell)}</${tag}>`).join('')}</tr>`;
  return [
    '<!doctype html>',
    `<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>`,
    '<style>body{font:16px sans-serif;margin:2em}table{border-collapse:collapse}th,td{border:1px solid #888;padding:.3em .6em;text-align:left;vertical-align:top}</style>',
    `</head><body><h1>${title}</h1><p>${escapeXml(sumOf(bulletin))}</p>`,
    `<table><thead>${rowOf(HEADINGS, 'th')}</thead><tbody>`,
    ...linesOf(bulletin).map((line) => rowOf(line, 'td')),
    '</tbody></table></body></html>',
    '',
  ].join('\n');
}

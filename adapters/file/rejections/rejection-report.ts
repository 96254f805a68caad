import type { DropFault } from '../thread/drop-fault.mjs';
import { wordFault } from './word-fault.js';

const HEADINGS = ['工作表 sheet', '行 row', '列 column', '原因 reason', '值 value'];

/** The faults as a CSV file that a double click opens in Excel: UTF-8 with its mark, one line per fault. */
export function writeReport(faults: readonly DropFault[]): string {
  const lines = faults.map((fault) => {
    const { chinese, english } = wordFault(fault);
    const row = fault.row === null ? '' : String(fault.row);
    return [fault.sheet ?? '', row, fault.column ?? '', `${chinese} / ${english}`, fault.value ?? ''];
  });
  return `\ufeff${[HEADINGS, ...lines].map(writeLine).join('')}`;
}

function writeLine(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(text: string): string {
  // Excel would take it for a formula, and the text comes from the drop.
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

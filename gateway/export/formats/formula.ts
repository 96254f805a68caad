import type { CellKind } from '../ask/columns.js';

/** Spreadsheet programs take a text that begins so for a formula; the wide forms too, in Chinese and Japanese ones. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Whether a spreadsheet program would compute a cell instead of showing it. Negative numbers are none. */
export function isFormulaLike(text: string, kind: CellKind): boolean {
  return FORMULA.test(text) && !(kind === 'number' && isPlainNumber(text));
}

export function isPlainNumber(text: string): boolean {
  return NUMBER.test(text);
}

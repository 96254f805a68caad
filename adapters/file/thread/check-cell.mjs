import { isFaulty } from './cell-text.mjs';

/** What a cell of Excel can hold. */
const MAX_CELL_LENGTH = 32_767;
/** The mark of bytes that are no character; NUL; and half a character, which the store would change without a word. */
const UNDECODABLE = /[\ufffd\0\p{Surrogate}]/u;

/**
 * Finds what is wrong with one cell.
 *
 * @param {import('./cell-text.mjs').Cell} cell
 * @param {string | null} text
 * @param {{ sheet: string | null, row: number, column: string, charset: string | null }} at charset: by which a CSV is read
 * @param {import('./drop-fault.mjs').FaultList} faults
 */
export function checkCell(cell, text, { charset, ...place }, faults) {
  if (isFaulty(cell)) {
    faults.add(cell.code, { ...place, value: cell.value });
    return;
  }
  if (text === null || text === '') return;
  if (text.length > MAX_CELL_LENGTH) faults.add('too-long', { ...place, value: text });
  if (UNDECODABLE.test(text)) {
    const value = text.replace(new RegExp(UNDECODABLE, 'gu'), '\ufffd');
    faults.add('undecodable', { ...place, value, ...(charset !== null && { known: [charset] }) });
  } else if (text.includes('锟斤拷')) {
    faults.add('mojibake', { ...place, value: text });
  }
}

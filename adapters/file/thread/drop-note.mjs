/**
 * What an accepted drop holds and its version does not, or what was decided while it was read. Codes and data alone;
 * `word-note.ts` makes sentences of them.
 *
 * @typedef {'gb18030' | 'doubtful-gb18030' | 'doubtful-utf-8' | 'remark-row' | 'table-total' | 'unread-sheet'} NoteCode
 *
 * @typedef {object} DropNote
 * @property {NoteCode} code
 * @property {string | null} sheet null in a CSV file
 * @property {number | null} row as a spreadsheet counts it, from 1
 */

/** More rows of remarks than this are counted, not listed. */
const MAX_NOTES = 100;

/** The notes on one drop in the order in which they were met. */
export class NoteList {
  /** @type {DropNote[]} */
  found = [];

  /**
   * @param {NoteCode} code
   * @param {Partial<Omit<DropNote, 'code'>>} [place]
   */
  add(code, { sheet = null, row = null } = {}) {
    if (this.found.length < MAX_NOTES) this.found.push({ code, sheet, row });
  }
}

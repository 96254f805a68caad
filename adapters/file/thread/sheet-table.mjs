import { DropRefused } from './drop-fault.mjs';
import { composeHeadings, lettersOf } from './headings.mjs';
import { MergedRows } from './merged-rows.mjs';
import { ADDED_COLUMNS } from './rows-file.mjs';

/**
 * A cell of a sheet: its text, nothing, or why it has no text.
 *
 * @typedef {string | null | { readonly code: import('./drop-fault.mjs').FaultCode, readonly value: string }} Cell
 *
 * @typedef {object} TablePlan
 * @property {{ readonly row: number, readonly rows: number }} header
 * @property {readonly string[]} columns headings that must be there
 * @property {readonly string[]} key
 *
 * @typedef {object} TableTarget
 * @property {import('./rows-file.mjs').RowsFile} file
 * @property {import('./drop-fault.mjs').FaultList} faults
 * @property {{ rows: number }} count of all sheets
 */

const MAX_ROWS = 2_000_000;
/** What a cell of Excel can hold. */
const MAX_CELL_LENGTH = 32_767;
/** The mark of bytes that are no character; NUL; and half a character, which the store would change without a word. */
const UNDECODABLE = /[\ufffd\0\p{Surrogate}]/u;

/** Turns the rows of one sheet, in their order, into rows of the table, and finds what is wrong with them. */
export class SheetTable {
  #sheet;
  #plan;
  #target;
  #merges;
  #merged;
  /** @type {Cell[][]} */
  #headingRows;
  #hasContent = false;
  /** @type {string[] | null} */
  #headings = null;
  /** Places of the columns that have headings, and of the key. @type {readonly number[]} */
  #named = [];
  /** @type {readonly number[]} */
  #key = [];
  /** Null after a fault of the headings: what follows cannot be understood. @type {((row: number, cells: (string | null)[]) => void) | null} */
  #insert = null;

  /**
   * @param {string | null} sheet
   * @param {TablePlan} plan
   * @param {TableTarget} target
   * @param {readonly import('./xlsx/read-merges.mjs').Merge[] | null} merges null for CSV, whose rows must also be as long as the headings
   */
  constructor(sheet, plan, target, merges) {
    this.#sheet = sheet;
    this.#plan = plan;
    this.#target = target;
    this.#merges = merges;
    this.#merged = new MergedRows(merges ?? [], plan.header.row + plan.header.rows);
    this.#headingRows = Array.from({ length: plan.header.rows }, () => []);
  }

  /**
   * @param {number} row counted from 1, ascending; rows may be left out
   * @param {Cell[]} cells
   */
  add(row, cells) {
    if (cells.every(isEmpty)) return;
    this.#hasContent = true;
    const place = row - this.#plan.header.row;
    if (place < 0) return;
    if (place < this.#headingRows.length) {
      this.#headingRows[place] = cells;
      return;
    }
    this.#openOnce();
    if (this.#insert !== null) this.#addData(row, cells);
  }

  /** After the last row. A sheet without a single cell is none. */
  end() {
    if (this.#hasContent) this.#openOnce();
  }

  #openOnce() {
    if (this.#headings !== null) return;
    const { header, key } = this.#plan;
    const headings = composeHeadings(this.#headingRows, header.row, this.#merges);
    this.#headings = headings;
    this.#named = headings.flatMap((heading, index) => (heading === '' ? [] : [index]));
    if (!this.#checkHeadings(headings)) return;
    this.#key = key.map((column) => headings.indexOf(column)).filter((index) => index >= 0);
    const names = this.#named.map((index) => headings[index] ?? '');
    this.#insert = this.#target.file.openSheet(this.#sheet, names);
  }

  /** @param {readonly string[]} headings */
  #checkHeadings(headings) {
    const { faults } = this.#target;
    const place = { sheet: this.#sheet, row: this.#plan.header.row };
    const before = faults.found.length;
    this.#headingRows.forEach((cells, index) => {
      cells.forEach((cell, column) => {
        this.#checkCell(cell, place.row + index, headings[column] || lettersOf(column));
      });
    });
    const names = headings.filter((heading) => heading !== '');
    const seen = new Set();
    for (const name of names) {
      // The store's own names do not tell letter cases apart.
      const folded = name.toLowerCase();
      if (ADDED_COLUMNS.includes(folded)) faults.add('reserved-heading', { ...place, column: name });
      else if (seen.has(folded)) faults.add('duplicate-heading', { ...place, column: name });
      seen.add(folded);
    }
    for (const wanted of new Set([...this.#plan.columns, ...this.#plan.key])) {
      if (ADDED_COLUMNS.includes(wanted) || names.includes(wanted)) continue;
      faults.add('missing-heading', { ...place, column: wanted, known: names });
    }
    return faults.found.length === before;
  }

  /**
   * @param {number} row
   * @param {Cell[]} cells
   */
  #addData(row, cells) {
    const { faults, count } = this.#target;
    count.rows += 1;
    if (count.rows > MAX_ROWS) throw new DropRefused('too-many-rows', { value: String(MAX_ROWS) });
    if (this.#merged.isWide(row, cells)) {
      faults.add('wide-merge', { sheet: this.#sheet, row, value: cells.find(isText) ?? null });
      return;
    }
    this.#merged.fill(row, cells);
    const before = faults.found.length;
    const headings = this.#headings ?? [];
    const width = (this.#named.at(-1) ?? -1) + 1;
    if (this.#merges === null && cells.length < width) {
      faults.add('short-row', { sheet: null, row, value: String(cells.length), known: [String(width)] });
    }
    cells.forEach((cell, index) => {
      const heading = headings[index] ?? '';
      this.#checkCell(cell, row, heading || lettersOf(index));
      if (heading === '' && isText(cell)) {
        faults.add('extra-cell', { sheet: this.#sheet, row, column: lettersOf(index), value: cell });
      }
    });
    for (const index of this.#key) {
      const cell = cells[index] ?? null;
      if (cell === null || (typeof cell === 'string' && cell.trim() === '')) {
        faults.add('empty-key', { sheet: this.#sheet, row, column: headings[index] ?? null });
      }
    }
    if (faults.found.length > before) return;
    this.#insert?.(
      row,
      this.#named.map((index) => textOf(cells[index])),
    );
  }

  /**
   * @param {Cell} cell
   * @param {number} row
   * @param {string} column
   */
  #checkCell(cell, row, column) {
    if (cell === null || cell === '') return;
    const { faults } = this.#target;
    const place = { sheet: this.#sheet, row, column };
    if (typeof cell === 'object') {
      faults.add(cell.code, { ...place, value: cell.value });
      return;
    }
    if (cell.length > MAX_CELL_LENGTH) faults.add('too-long', { ...place, value: cell });
    if (UNDECODABLE.test(cell)) {
      faults.add('undecodable', { ...place, value: cell.replace(new RegExp(UNDECODABLE, 'gu'), '\ufffd') });
    } else if (cell.includes('锟斤拷')) {
      faults.add('mojibake', { ...place, value: cell });
    }
  }
}

/** @param {Cell} cell */
function isEmpty(cell) {
  return cell === null || cell === '';
}

/**
 * @param {Cell | undefined} cell
 * @returns {cell is string}
 */
function isText(cell) {
  return typeof cell === 'string' && cell !== '';
}

/** @param {Cell | undefined} cell */
function textOf(cell) {
  return typeof cell === 'string' ? cell : null;
}

import { isEmpty, plainText, shownText } from './cell-text.mjs';
import { checkCell } from './check-cell.mjs';
import { DataRows } from './data-rows.mjs';
import { composeHeadings, lettersOf } from './headings.mjs';
import { MergedRows } from './merged-rows.mjs';
import { ADDED_COLUMNS } from './rows-file.mjs';

/**
 * @typedef {import('./cell-text.mjs').Cell} Cell
 *
 * @typedef {object} TablePlan
 * @property {{ readonly row: number, readonly rows: number }} header
 * @property {readonly string[]} columns headings that must be there
 * @property {readonly string[]} key
 * @property {readonly string[]} numbers headings of columns that are read as numbers or days alone: their cells are
 *   taken as they are stored; all others as they are shown
 * @property {readonly import('./cell-rule.mjs').CellRule[]} where rows that break one of these are none of the table
 *
 * @typedef {object} TableTarget
 * @property {Pick<import('./rows-file.mjs').RowsFile, 'openSheet'>} file
 * @property {import('./drop-fault.mjs').FaultList} faults
 * @property {import('./drop-note.mjs').NoteList} notes
 * @property {{ rows: number }} count of all sheets
 *
 * @typedef {object} SheetShape what a workbook tells of a sheet besides its cells
 * @property {readonly import('./xlsx/read-merges.mjs').Merge[]} merges
 * @property {readonly import('./xlsx/read-merges.mjs').Merge[]} totals rows that sum up a table above them
 */

/** Turns the rows of one sheet, in their order, into rows of the table, and finds what is wrong with them. */
export class SheetTable {
  #sheet;
  #plan;
  #target;
  #shape;
  #charset;
  /** @type {Cell[][]} */
  #headingRows;
  #hasContent = false;
  #isOpen = false;
  /** Null after a fault of the headings: what follows cannot be understood. @type {DataRows | null} */
  #data = null;

  /**
   * @param {string | null} sheet
   * @param {TablePlan} plan
   * @param {TableTarget} target
   * @param {SheetShape | null} shape null for CSV, whose rows must also be as long as the headings
   * @param {string | null} [charset] by which a CSV is read
   */
  constructor(sheet, plan, target, shape, charset = null) {
    this.#sheet = sheet;
    this.#plan = plan;
    this.#target = target;
    this.#shape = shape;
    this.#charset = charset;
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
    this.#data?.add(row, cells);
  }

  /** After the last row. A sheet without a single cell is none. */
  end() {
    if (this.#hasContent) this.#openOnce();
  }

  #openOnce() {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const { header } = this.#plan;
    const texts = this.#headingRows.map((cells) => Array.from(cells, shownText));
    const headings = composeHeadings(texts, header.row, this.#shape?.merges ?? null);
    if (!this.#checkHeadings(headings)) return;
    const names = headings.filter((heading) => heading !== '');
    this.#data = new DataRows(this.#plan, this.#target, {
      sheet: this.#sheet,
      headings,
      isCsv: this.#shape === null,
      charset: this.#charset,
      merged: new MergedRows(this.#shape?.merges ?? [], header.row + header.rows),
      totals: this.#shape?.totals ?? [],
      insert: this.#target.file.openSheet(this.#sheet, names),
    });
  }

  /** @param {readonly string[]} headings */
  #checkHeadings(headings) {
    const { faults } = this.#target;
    const { header, columns, key } = this.#plan;
    const place = { sheet: this.#sheet, row: header.row };
    const before = faults.found.length;
    this.#headingRows.forEach((cells, index) => {
      cells.forEach((cell, column) => {
        const at = {
          sheet: this.#sheet,
          row: header.row + index,
          column: headings[column] || lettersOf(column),
        };
        checkCell(cell, plainText(cell), { ...at, charset: this.#charset }, faults);
      });
    });
    const names = headings.filter((heading) => heading !== '');
    const seen = new Set();
    for (const name of names) {
      // The store's own names do not tell letter cases apart.
      const folded = name.toLowerCase();
      if (ADDED_COLUMNS.includes(folded)) faults.add('reserved-heading', { ...place, column: name });
      else if (seen.has(folded) && this.#isTitled()) {
        faults.add('title-heading', { ...place, value: this.#topTexts()[0] ?? null });
        return false;
      } else if (seen.has(folded))
        faults.add('duplicate-heading', {
          ...place,
          column: name,
          known: [String(header.row), String(header.rows)],
        });
      seen.add(folded);
    }
    for (const wanted of new Set([...columns, ...key])) {
      if (ADDED_COLUMNS.includes(wanted) || names.includes(wanted)) continue;
      faults.add('missing-heading', { ...place, column: wanted, known: names });
    }
    return faults.found.length === before;
  }

  /** What stands above each column in the first row of the headings. */
  #topTexts() {
    const [first = []] = this.#headingRows;
    return composeHeadings(
      [Array.from(first, shownText)],
      this.#plan.header.row,
      this.#shape?.merges ?? null,
    );
  }

  /** Whether one text stands above all columns. */
  #isTitled() {
    const [title = '', ...others] = this.#topTexts();
    return title !== '' && others.length > 0 && others.every((text) => text === title);
  }
}

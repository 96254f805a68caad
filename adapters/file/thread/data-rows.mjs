import { keepsRow } from './cell-rule.mjs';
import { bareKey, isFaulty, isRoundedNumber, plainText, shownText } from './cell-text.mjs';
import { checkCell } from './check-cell.mjs';
import { DropRefused } from './drop-fault.mjs';
import { lettersOf } from './headings.mjs';
import { isRemarkRow, numbersColumns, repeatsHeadings } from './remark-row.mjs';

/**
 * @typedef {import('./cell-text.mjs').Cell} Cell
 *
 * @typedef {object} OpenTable a sheet whose headings are known
 * @property {string | null} sheet
 * @property {readonly string[]} headings by column; empty where there is none
 * @property {boolean} isCsv
 * @property {string | null} charset
 * @property {import('./merged-rows.mjs').MergedRows} merged
 * @property {readonly import('./xlsx/read-merges.mjs').Merge[]} totals
 * @property {(row: number, cells: (string | null)[]) => void} insert with a cell per heading
 */

const MAX_ROWS = 2_000_000;

/** The rows below the headings: which of them are data, and what is wrong with those. */
export class DataRows {
  #plan;
  #target;
  #table;
  /** Places of the columns that have headings. @type {readonly number[]} */
  #named;
  /** Places of the key's columns. @type {readonly number[]} */
  #key;
  #isFirst = true;
  /** By column: how its cells are read. @type {readonly ((cell: Cell) => string | null)[]} */
  #readers;

  /**
   * @param {import('./sheet-table.mjs').TablePlan} plan
   * @param {import('./sheet-table.mjs').TableTarget} target
   * @param {OpenTable} table
   */
  constructor(plan, target, table) {
    const { headings } = table;
    this.#plan = plan;
    this.#target = target;
    this.#table = table;
    this.#named = headings.flatMap((heading, index) => (heading === '' ? [] : [index]));
    this.#key = plan.key.map((column) => headings.indexOf(column)).filter((index) => index >= 0);
    this.#readers = headings.map((heading, index) => {
      const read = plan.numbers.includes(heading) ? plainText : shownText;
      return this.#key.includes(index) ? (cell) => keyText(read(cell)) : read;
    });
  }

  /**
   * @param {number} row
   * @param {Cell[]} cells is completed in place
   */
  add(row, cells) {
    const { sheet, merged } = this.#table;
    const { faults, notes, count } = this.#target;
    if (this.#clearTotals(row, cells)) notes.add('table-total', { sheet, row });
    if (this.#table.totals.length > 0 && !cells.some(isSomething)) return;
    const own = this.#textsOf(cells);
    const texts = merged.fill(row, cells) ? this.#textsOf(cells) : own;
    if (!keepsRow(this.#plan.where, (column) => this.#cellOf(column, row, texts))) return;
    // A draft has no key yet by which signatures below the table would be told from its rows.
    const isAside = this.#key.length === 0 && merged.isWide(row, cells);
    if (isAside || this.#isRemark(own)) {
      notes.add('remark-row', { sheet, row });
      return;
    }
    count.rows += 1;
    if (count.rows > MAX_ROWS) throw new DropRefused('too-many-rows', { value: String(MAX_ROWS) });
    if (merged.isWide(row, cells)) {
      faults.add('wide-merge', { sheet, row, value: own.find(isFilled) ?? null });
      return;
    }
    const before = faults.found.length;
    this.#check(row, cells, texts);
    if (faults.found.length > before) return;
    this.#table.insert(
      row,
      this.#named.map((index) => texts[index] ?? null),
    );
  }

  /** @param {readonly Cell[]} cells */
  #textsOf(cells) {
    return cells.map((cell, index) => (this.#readers[index] ?? shownText)(cell));
  }

  /**
   * The row of totals of a table object is none of its rows.
   *
   * @param {number} row
   * @param {Cell[]} cells
   */
  #clearTotals(row, cells) {
    const here = this.#table.totals.filter(({ top, bottom }) => row >= top && row <= bottom);
    for (const { left, right } of here) cells.fill(null, left, right + 1);
    return here.length > 0;
  }

  /**
   * @param {string} column
   * @param {number} row
   * @param {readonly (string | null)[]} texts
   */
  #cellOf(column, row, texts) {
    if (column === '_sheet') return this.#table.sheet;
    if (column === '_row') return row;
    return texts[this.#table.headings.indexOf(column)] ?? null;
  }

  /** @param {readonly (string | null)[]} texts */
  #isRemark(texts) {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (this.#key.length === 0) return false;
    if (repeatsHeadings(texts, this.#table.headings)) return true;
    if (isFirst && numbersColumns(this.#named.map((index) => texts[index] ?? null))) return true;
    return isRemarkRow(
      this.#key.map((index) => texts[index] ?? null),
      texts,
    );
  }

  /**
   * @param {number} row
   * @param {readonly Cell[]} cells
   * @param {readonly (string | null)[]} texts
   */
  #check(row, cells, texts) {
    const { faults } = this.#target;
    const { sheet, headings, isCsv, charset } = this.#table;
    const width = (this.#named.at(-1) ?? -1) + 1;
    if (isCsv && cells.length < width) {
      faults.add('short-row', { sheet, row, value: String(cells.length), known: [String(width)] });
    }
    cells.forEach((cell, index) => {
      const text = texts[index] ?? null;
      const heading = headings[index] ?? '';
      const column = heading || lettersOf(index);
      checkCell(cell, text, { sheet, row, column, charset }, faults);
      if (heading === '' && isFilled(text)) faults.add('extra-cell', { sheet, row, column, value: text });
    });
    for (const index of this.#key) {
      const text = texts[index] ?? null;
      const column = headings[index] ?? null;
      if (isFaulty(cells[index] ?? null)) continue;
      if (text === null || text === '') {
        faults.add('empty-key', { sheet, row, column, value: texts.find(isFilled) ?? null });
      } else if (isRoundedNumber(text)) faults.add('imprecise-key', { sheet, row, column, value: text });
    }
  }
}

/** @param {string | null} text */
function keyText(text) {
  return text === null ? null : bareKey(text);
}

/** @param {Cell} cell */
function isSomething(cell) {
  return cell !== null && cell !== '';
}

/**
 * @param {string | null} text
 * @returns {text is string}
 */
function isFilled(text) {
  return text !== null && text !== '';
}

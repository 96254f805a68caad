import { DropRefused } from '../drop-fault.mjs';
import { parseAddress, parseRowNumber } from './cell-address.mjs';
import { OpenCell } from './open-cell.mjs';
import { parseXml } from './parse-xml.mjs';

/**
 * @typedef {import('../cell-text.mjs').Cell} Cell
 * @typedef {import('./open-cell.mjs').CellContext} CellContext
 */

/**
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part
 * @param {CellContext} context
 * @param {import('../sheet-table.mjs').SheetTable} table is given every row that has a cell
 */
export async function readSheet(zip, part, context, table) {
  const reader = new SheetReader(context, table);
  await parseXml(zip, part, {
    open: (name, attributes, parent) => reader.open(name, attributes, parent),
    close: (name, parent) => reader.close(name, parent),
    text: (text) => reader.text(text),
  });
  table.end();
}

class SheetReader {
  #context;
  #table;
  #row = 0;
  /** @type {Cell[] | null} */
  #cells = null;
  /** @type {OpenCell | null} */
  #cell = null;

  /**
   * @param {CellContext} context
   * @param {import('../sheet-table.mjs').SheetTable} table
   */
  constructor(context, table) {
    this.#context = context;
    this.#table = table;
  }

  /**
   * @param {string} name
   * @param {import('./parse-xml.mjs').Attributes} attributes
   * @param {string} parent
   */
  open(name, attributes, parent) {
    if (this.#cell !== null) this.#cell.open(name, parent);
    else if (name === 'row' && parent === 'sheetData') this.#openRow(attributes.r);
    else if (name === 'c' && parent === 'row' && this.#cells !== null)
      this.#openCell(this.#cells, attributes);
  }

  /**
   * @param {string} name
   * @param {string} parent
   */
  close(name, parent) {
    if (this.#cell !== null) {
      if (name !== 'c' || parent !== 'row') {
        this.#cell.close(name);
        return;
      }
      this.#cells?.push(this.#cell.end(this.#context));
      this.#cell = null;
    } else if (name === 'row' && parent === 'sheetData' && this.#cells !== null) {
      this.#table.add(this.#row, this.#cells);
      this.#cells = null;
    }
  }

  /** @param {string} text */
  text(text) {
    this.#cell?.text(text);
  }

  /** @param {string | undefined} number */
  #openRow(number) {
    const row = number === undefined ? this.#row + 1 : parseRowNumber(number);
    if (row <= this.#row)
      throw new DropRefused('broken-xlsx', { value: `row ${row} follows row ${this.#row}` });
    this.#row = row;
    this.#cells = [];
  }

  /**
   * @param {Cell[]} cells
   * @param {import('./parse-xml.mjs').Attributes} attributes
   */
  #openCell(cells, attributes) {
    const address = attributes.r;
    if (address !== undefined) {
      const { row, column } = parseAddress(address);
      if (row !== this.#row || column < cells.length) {
        throw new DropRefused('broken-xlsx', {
          value: `cell ${address} is out of its place in row ${this.#row}`,
        });
      }
      while (cells.length < column) cells.push(null);
    }
    this.#cell = new OpenCell(attributes.t ?? 'n', attributes.s ?? null);
  }
}

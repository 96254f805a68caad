import { DropRefused } from '../drop-fault.mjs';
import { parseAddress, parseRowNumber } from './cell-address.mjs';
import { RichText, unescapeText } from './cell-strings.mjs';
import { writeNumber } from './number-text.mjs';
import { parseXml } from './parse-xml.mjs';

/** @typedef {import('../sheet-table.mjs').Cell} Cell */

/**
 * What cells refer to.
 *
 * @typedef {object} CellContext
 * @property {readonly string[]} sharedStrings
 * @property {readonly import('./number-formats.mjs').NumberKind[]} numberKinds
 * @property {boolean} is1904
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
    open: (name, attributes) => reader.open(name, attributes),
    close: (name) => reader.close(name),
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
   */
  open(name, attributes) {
    if (this.#cell !== null) this.#cell.open(name);
    else if (name === 'row') this.#openRow(attributes.r);
    else if (name === 'c' && this.#cells !== null) this.#openCell(this.#cells, attributes);
  }

  /** @param {string} name */
  close(name) {
    if (name === 'c' && this.#cell !== null) {
      this.#cells?.push(this.#cell.end(this.#context));
      this.#cell = null;
    } else if (this.#cell !== null) {
      this.#cell.close(name);
    } else if (name === 'row' && this.#cells !== null) {
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

class OpenCell {
  #type;
  #style;
  #rich = new RichText();
  /** @type {string | null} */
  #value = null;
  #hasInline = false;
  #hasFormula = false;
  #isInValue = false;

  /**
   * @param {string} type
   * @param {string | null} style
   */
  constructor(type, style) {
    this.#type = type;
    this.#style = style;
  }

  /** @param {string} name */
  open(name) {
    if (name === 'v') {
      this.#isInValue = true;
      this.#value ??= '';
    } else if (name === 'is') this.#hasInline = true;
    else if (name === 'f') this.#hasFormula = true;
    else if (this.#hasInline) this.#rich.open(name);
  }

  /** @param {string} name */
  close(name) {
    if (name === 'v') this.#isInValue = false;
    else if (this.#hasInline) this.#rich.close(name);
  }

  /** @param {string} text */
  text(text) {
    if (this.#isInValue) this.#value = (this.#value ?? '') + text;
    else if (this.#hasInline) this.#rich.add(text);
  }

  /**
   * @param {CellContext} context
   * @returns {Cell}
   */
  end(context) {
    const value = this.#value;
    if (this.#type === 'inlineStr') return this.#hasInline ? this.#rich.end() : null;
    if (value === null || (value === '' && this.#type !== 'str')) {
      // A program wrote the formula and nobody has calculated it yet.
      return this.#hasFormula ? { code: 'uncalculated', value: '' } : null;
    }
    switch (this.#type) {
      case 'n':
        return this.#number(value, context);
      case 's':
        return sharedString(value, context.sharedStrings);
      case 'str':
        return unescapeText(value);
      case 'b':
        return boolean(value);
      case 'e':
        return { code: 'error-cell', value };
      case 'd':
        return isoMoment(value);
      default:
        throw new DropRefused('broken-xlsx', { value: `there is no cell type ${this.#type}` });
    }
  }

  /**
   * @param {string} value
   * @param {CellContext} context
   */
  #number(value, { numberKinds, is1904 }) {
    const number = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(value)
      ? Number(value)
      : Number.NaN;
    if (!Number.isFinite(number)) throw new DropRefused('broken-xlsx', { value: `${value} is no number` });
    const kind = this.#style === null ? 'number' : numberKinds[Number(this.#style)];
    // A workbook without any styles is a workbook of plain numbers.
    if (kind === undefined && numberKinds.length > 0) {
      throw new DropRefused('broken-xlsx', { value: `there is no style ${this.#style}` });
    }
    return writeNumber(number, kind ?? 'number', is1904);
  }
}

/**
 * @param {string} value
 * @param {readonly string[]} sharedStrings
 */
function sharedString(value, sharedStrings) {
  const text = /^[0-9]+$/.test(value) ? sharedStrings[Number(value)] : undefined;
  if (text === undefined) throw new DropRefused('broken-xlsx', { value: `there is no shared text ${value}` });
  return text;
}

/** @param {string} value */
function boolean(value) {
  if (/^(?:1|true)$/.test(value)) return 'true';
  if (/^(?:0|false)$/.test(value)) return 'false';
  throw new DropRefused('broken-xlsx', { value: `${value} is neither true nor false` });
}

/** `2026-06-30T08:00:00`, as the ISO form of workbooks has it. @param {string} value */
function isoMoment(value) {
  const match = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?Z?)?$/.exec(value);
  const [, day, time = '00:00:00'] = match ?? [];
  if (day === undefined) throw new DropRefused('broken-xlsx', { value: `${value} is no date` });
  return time === '00:00:00' ? day : `${day} ${time}`;
}

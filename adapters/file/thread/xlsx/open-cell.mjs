import { DropRefused } from '../drop-fault.mjs';
import { CellFormat } from './cell-format.mjs';
import { RichText, unescapeText } from './cell-strings.mjs';
import { isoMoment } from './iso-moment.mjs';
import { writeNumber } from './number-text.mjs';

/** @typedef {import('../cell-text.mjs').Cell} Cell */

/**
 * What cells refer to.
 *
 * @typedef {object} CellContext
 * @property {readonly string[]} sharedStrings
 * @property {readonly CellFormat[]} formats by the number of a style
 * @property {boolean} is1904
 */

const PLAIN = CellFormat.ofKind('number');

/** A cell whose end has not been read. */
export class OpenCell {
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

  /**
   * @param {string} name
   * @param {string} parent
   */
  open(name, parent) {
    if (parent === 'c') {
      this.#isInValue = name === 'v';
      if (name === 'v') this.#value ??= '';
      else if (name === 'is') this.#hasInline = true;
      else if (name === 'f') this.#hasFormula = true;
    } else if (this.#hasInline) this.#rich.open(name, parent);
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
    // Some programs leave the type out, or put the text where numbers stand.
    if (this.#hasInline) return this.#textCell(this.#rich.end(), context);
    const isText = this.#type === 'str' || this.#type === 'inlineStr';
    const value = isText ? this.#value : (this.#value?.trim() ?? null);
    if (value === null || (value === '' && !isText)) {
      // A program wrote the formula and nobody has calculated it yet.
      return this.#hasFormula ? { code: 'uncalculated', value: '' } : null;
    }
    switch (this.#type) {
      case 'n':
        return this.#number(value, context);
      case 's':
        return this.#textCell(sharedString(value, context.sharedStrings), context);
      case 'str':
      case 'inlineStr':
        return this.#textCell(unescapeText(value), context);
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
   * @param {string} text
   * @param {CellContext} context
   * @returns {Cell}
   */
  #textCell(text, { formats }) {
    const shown = text === '' ? text : (formats[Number(this.#style ?? -1)] ?? PLAIN).showText(text);
    return shown === text ? text : { plain: text, shown };
  }

  /**
   * @param {string} value
   * @param {CellContext} context
   * @returns {Cell}
   */
  #number(value, { formats, is1904 }) {
    const number = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(value)
      ? Number(value)
      : Number.NaN;
    if (!Number.isFinite(number)) throw new DropRefused('broken-xlsx', { value: `${value} is no number` });
    const format = this.#style === null ? PLAIN : formats[Number(this.#style)];
    // A workbook without any styles is a workbook of plain numbers.
    if (format === undefined && formats.length > 0) {
      throw new DropRefused('broken-xlsx', { value: `there is no style ${this.#style}` });
    }
    const plain = writeNumber(number, (format ?? PLAIN).kindOf(number), is1904);
    const shown = (format ?? PLAIN).show(number) ?? plain;
    return shown === plain ? plain : { plain, shown };
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
  if (/^(?:1|true)$/i.test(value)) return 'true';
  if (/^(?:0|false)$/i.test(value)) return 'false';
  throw new DropRefused('broken-xlsx', { value: `${value} is neither true nor false` });
}

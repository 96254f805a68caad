/**
 * Why a drop cannot be accepted. Codes and data alone; `word-fault.ts` makes sentences of them.
 *
 * @typedef {'file-too-large' | 'old-excel' | 'not-xlsx' | 'broken-xlsx' | 'unzips-too-large' | 'not-text'
 *   | 'wrong-charset' | 'broken-csv' | 'no-rows' | 'too-many-rows' | 'too-many-columns' | 'missing-sheet' | 'missing-heading'
 *   | 'duplicate-heading' | 'reserved-heading' | 'empty-key' | 'imprecise-key' | 'duplicate-key' | 'extra-cell' | 'short-row'
 *   | 'title-heading' | 'undecodable' | 'mojibake' | 'error-cell' | 'uncalculated' | 'too-long' | 'wide-merge' | 'exhausted'} FaultCode
 *
 * @typedef {object} DropFault
 * @property {FaultCode} code
 * @property {string | null} sheet null in a CSV file
 * @property {number | null} row as a spreadsheet counts it, from 1
 * @property {string | null} column the heading; the column's letters where it has none
 * @property {string | null} value what stands there, cut to 200 characters
 * @property {readonly string[]} [known] what could have been meant instead
 */

/** Lines of a report; a file with more faults needs no more of them. */
const MAX_FAULTS = 10_000;

const MAX_VALUE_LENGTH = 200;

/** The faults of one drop in the order in which they were met. */
export class FaultList {
  /** @type {DropFault[]} */
  found = [];

  /**
   * @param {FaultCode} code
   * @param {Partial<Omit<DropFault, 'code'>>} [place]
   * @throws {FaultsFull} with the last fault of a report.
   */
  add(code, { sheet = null, row = null, column = null, value = null, known } = {}) {
    const shown = value === null ? null : shorten(value);
    this.found.push({ code, sheet, row, column, value: shown, ...(known !== undefined && { known }) });
    if (this.found.length >= MAX_FAULTS) throw new FaultsFull();
  }
}

/** Enough faults for one report: the rest of the file is not read. */
export class FaultsFull extends Error {}

/** A fault after which nothing more can be read. */
export class DropRefused extends Error {
  /**
   * @param {FaultCode} code
   * @param {Partial<Omit<DropFault, 'code'>>} [place]
   */
  constructor(code, place = {}) {
    super(code);
    this.code = code;
    this.place = place;
  }
}

/** @param {string} value */
function shorten(value) {
  // By code points, so that no character is cut in half.
  return value.length <= MAX_VALUE_LENGTH
    ? value
    : `${[...value.slice(0, 2 * MAX_VALUE_LENGTH)].slice(0, MAX_VALUE_LENGTH).join('')}…`;
}

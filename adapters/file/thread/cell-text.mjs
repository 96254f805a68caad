/**
 * A cell of a sheet: its text, nothing, why it has no text, or the two texts of a cell whose format adds to what is
 * stored: `plain` is stored, `shown` is what a person sees.
 *
 * @typedef {{ readonly code: import('./drop-fault.mjs').FaultCode, readonly value: string }} FaultyCell
 * @typedef {{ readonly plain: string, readonly shown: string }} FormattedCell
 * @typedef {string | null | FaultyCell | FormattedCell} Cell
 */

/**
 * @param {Cell} cell
 * @returns {cell is FaultyCell}
 */
export function isFaulty(cell) {
  return typeof cell === 'object' && cell !== null && 'code' in cell;
}

/** @param {Cell} cell */
export function isEmpty(cell) {
  return cell === null || cell === '';
}

/** The text as a person sees it; null of an empty or faulty cell. @param {Cell} cell */
export function shownText(cell) {
  if (typeof cell === 'string' || cell === null) return cell;
  return 'shown' in cell ? cell.shown : null;
}

/** The text as it is stored; null of an empty or faulty cell. @param {Cell} cell */
export function plainText(cell) {
  if (typeof cell === 'string' || cell === null) return cell;
  return 'plain' in cell ? cell.plain : null;
}

const EDGES =
  /^[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+|[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+$/gu;
/** A formula that shows one text (`="0012"`), or the apostrophe that tells Excel to keep a text. */
const GUARDED = /^(?:[=＝]["＂]([^"＂]*)["＂]|['＇]([^'＇]*))$/;

/**
 * A cell of the key without what programs put around it, so that a row keeps its name from one drop to the next: blanks
 * at the ends, and the guard of an exporter.
 *
 * @param {string} text
 */
export function bareKey(text) {
  const trimmed = text.replace(EDGES, '');
  const match = GUARDED.exec(trimmed);
  return match === null ? trimmed : (match[1] ?? match[2] ?? '').replace(EDGES, '');
}

/** What a program leaves of a number with more digits than it keeps: `3.30922E+17`, `3.30922E17`. @param {string} text */
export function isRoundedNumber(text) {
  return /^[+-]?\d(?:\.\d+E\+?|E\+)\d+$/i.test(text);
}

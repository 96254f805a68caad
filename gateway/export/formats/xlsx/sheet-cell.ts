import type { CellKind } from '../../ask/columns.js';
import { isFormulaLike, isPlainNumber } from '../formula.js';
import { escapeXml } from './escape-xml.js';
import { STYLES } from './workbook-parts.js';

/** Characters that a cell can hold. */
const LONGEST_TEXT = 32_767;
/** More digits a spreadsheet program would round. */
const MOST_DIGITS = 15;
const DAY_MS = 86_400_000;
/** Before it Excel counts a day that never was. */
const FIRST_DAY = '1900-03-01';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** As the county's clocks show it: the offset is dropped. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.0+)?\+08:00$/;

/** One cell; nothing for an empty text. @param at such as `B7`. */
export function sheetCell(at: string, text: string, kind: CellKind): string {
  if (text === '') return '';
  if (kind === 'number' && isShortNumber(text)) return `<c r="${at}"><v>${text}</v></c>`;
  if (kind === 'boolean' && (text === 'true' || text === 'false'))
    return `<c r="${at}" t="b"><v>${text === 'true' ? 1 : 0}</v></c>`;
  const serial = kind === 'date' ? dayNumber(text) : kind === 'moment' ? momentNumber(text) : null;
  if (serial !== null)
    return `<c r="${at}" s="${kind === 'date' ? STYLES.date : STYLES.moment}"><v>${serial}</v></c>`;
  return textCell(at, text, isFormulaLike(text, kind) ? STYLES.quoted : STYLES.plain);
}

/** A cell that is shown as it is, whatever it looks like. */
export function textCell(at: string, text: string, style: number): string {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  const styled = style === STYLES.plain ? '' : ` s="${style}"`;
  return `<c r="${at}"${styled} t="inlineStr"><is><t xml:space="preserve">${escapeXml(shown)}</t></is></c>`;
}

function isShortNumber(text: string): boolean {
  return isPlainNumber(text) && text.replace(/\D/g, '').length <= MOST_DIGITS;
}

/** Days since the spreadsheet's epoch; null where it has no such day. */
function dayNumber(text: string): number | null {
  if (!DATE.test(text) || text < FIRST_DAY) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : (ms - Date.UTC(1899, 11, 30)) / DAY_MS;
}

function momentNumber(text: string): number | null {
  const [, day = '', hours, minutes, seconds] = MOMENT.exec(text) ?? [];
  const number = dayNumber(day);
  if (number === null) return null;
  return number + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) / 86_400;
}

/** `A`, …, `Z`, `AA`, … @param index from 0. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest === 0 ? '' : columnName(rest - 1)}${String.fromCharCode(65 + (index % 26))}`;
}

import { DropRefused } from '../drop-fault.mjs';
import { compilePattern } from '../name-pattern.mjs';

/**
 * @typedef {import('./workbook.mjs').Workbook} Workbook
 * @typedef {{ readonly name: string, readonly part: string, readonly isHidden: boolean }} Worksheet
 * @typedef {import('../../file-definition.js').FileDefinition['sheets']} WantedSheets
 */

/**
 * The sheets that a mapping reads, and those that it says nothing of.
 *
 * @param {Workbook} workbook
 * @param {WantedSheets} wanted names of sheets, a pattern, or null: all that a person can see
 * @returns {{ readonly chosen: readonly Worksheet[], readonly passedOver: readonly Worksheet[] }}
 * @throws {DropRefused} when a sheet is missing.
 */
export function chooseSheets({ sheets }, wanted) {
  const tables = sheets.flatMap(({ name, part, isHidden }) =>
    part === null ? [] : [{ name, part, isHidden }],
  );
  const missing = (/** @type {string} */ sheet) =>
    new DropRefused('missing-sheet', { sheet, known: sheets.map(({ name }) => name) });
  if (wanted !== null && !('match' in wanted)) {
    const chosen = wanted.map((name) => {
      const found = tables.find((sheet) => bare(sheet.name) === bare(name));
      if (found === undefined) throw missing(name);
      return found;
    });
    return { chosen, passedOver: tables.filter((sheet) => !chosen.includes(sheet)) };
  }
  const { match, except } = wanted ?? { match: '*', except: [] };
  const isMeant = compilePattern(match);
  const exceptions = except.map(compilePattern);
  const others = tables.filter(({ name }) => !exceptions.some((isException) => isException(name)));
  // Hidden sheets hold the choices of drop-down lists and the like.
  const chosen = others.filter(({ name, isHidden }) => !isHidden && isMeant(name));
  if (wanted !== null && chosen.length === 0) throw missing(match);
  return { chosen, passedOver: others.filter((sheet) => !chosen.includes(sheet)) };
}

/** @param {string} name */
function bare(name) {
  return name.normalize('NFC').trim();
}

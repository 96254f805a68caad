import { DropRefused } from '../drop-fault.mjs';
import { SheetTable } from '../sheet-table.mjs';
import { readSharedStrings } from './cell-strings.mjs';
import { readNumberKinds } from './number-formats.mjs';
import { readMerges } from './read-merges.mjs';
import { readSheet } from './read-sheet.mjs';
import { readWorkbook } from './workbook.mjs';
import { ZipPackage } from './zip-package.mjs';

/**
 * Reads the sheets of a workbook, one after the other.
 *
 * @param {string} path
 * @param {readonly string[] | null} wanted names of sheets; null: all that a person can see
 * @param {import('../sheet-table.mjs').TablePlan} plan
 * @param {import('../sheet-table.mjs').TableTarget} target
 * @throws {DropRefused} when the file is not what it should be.
 */
export async function readXlsx(path, wanted, plan, target) {
  const zip = await ZipPackage.open(path);
  try {
    const workbook = await readWorkbook(zip);
    const context = {
      sharedStrings: await readSharedStrings(zip, workbook.sharedStrings),
      numberKinds: await readNumberKinds(zip, workbook.styles),
      is1904: workbook.is1904,
    };
    for (const { name, part } of chooseSheets(workbook, wanted)) {
      const merges = await readMerges(zip, part);
      await readSheet(zip, part, context, new SheetTable(name, plan, target, merges));
    }
  } finally {
    zip.close();
  }
}

/**
 * @param {import('./workbook.mjs').Workbook} workbook
 * @param {readonly string[] | null} wanted
 * @returns {readonly { name: string, part: string }[]}
 */
function chooseSheets({ sheets }, wanted) {
  const tables = sheets.flatMap(({ name, part, isHidden }) =>
    part === null ? [] : [{ name, part, isHidden }],
  );
  // Hidden sheets hold the choices of drop-down lists and the like.
  if (wanted === null) return tables.filter(({ isHidden }) => !isHidden);
  return wanted.map((name) => {
    const found = tables.find((sheet) => sheet.name.normalize('NFC').trim() === name.normalize('NFC').trim());
    if (found === undefined) {
      throw new DropRefused('missing-sheet', { sheet: name, known: sheets.map((sheet) => sheet.name) });
    }
    return found;
  });
}

import { SheetTable } from '../sheet-table.mjs';
import { readSharedStrings } from './cell-strings.mjs';
import { chooseSheets } from './choose-sheets.mjs';
import { readCellFormats } from './number-formats.mjs';
import { parseXml } from './parse-xml.mjs';
import { readMerges } from './read-merges.mjs';
import { readSheet } from './read-sheet.mjs';
import { readTotals } from './read-totals.mjs';
import { readWorkbook } from './workbook.mjs';
import { ZipPackage } from './zip-package.mjs';

/**
 * Reads the sheets of a workbook, one after the other.
 *
 * @param {string} path
 * @param {import('./choose-sheets.mjs').WantedSheets} wanted
 * @param {import('../sheet-table.mjs').TablePlan} plan
 * @param {import('../sheet-table.mjs').TableTarget} target
 * @throws {import('../drop-fault.mjs').DropRefused} when the file is not what it should be.
 */
export async function readXlsx(path, wanted, plan, target) {
  const zip = await ZipPackage.open(path);
  try {
    const workbook = await readWorkbook(zip);
    const { chosen, passedOver } = chooseSheets(workbook, wanted);
    const context = {
      sharedStrings: await readSharedStrings(zip, workbook.sharedStrings),
      formats: await readCellFormats(zip, workbook.styles),
      is1904: workbook.is1904,
    };
    for (const { name, part } of chosen) {
      const shape = { merges: await readMerges(zip, part), totals: await readTotals(zip, part) };
      await readSheet(zip, part, context, new SheetTable(name, plan, target, shape));
    }
    for (const { name, part } of passedOver) {
      if (await hasCells(zip, part)) target.notes.add('unread-sheet', { sheet: name });
    }
  } finally {
    zip.close();
  }
}

/**
 * Whether anything stands on a sheet.
 *
 * @param {ZipPackage} zip
 * @param {string} part
 */
async function hasCells(zip, part) {
  let hasValue = false;
  await parseXml(zip, part, {
    open: (name, _, parent) => {
      if (parent === 'c' && (name === 'v' || name === 'is')) hasValue = true;
    },
  });
  return hasValue;
}

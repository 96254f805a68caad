import { parseXml } from './parse-xml.mjs';
import { parseRange } from './read-merges.mjs';
import { readRelations, relationsOf } from './read-relations.mjs';

/** @typedef {import('./read-merges.mjs').Merge} Range */

/**
 * The rows of totals of the table objects on a sheet.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part of the sheet
 * @returns {Promise<readonly Range[]>}
 */
export async function readTotals(zip, part) {
  if (!zip.has(relationsOf(part))) return [];
  /** @type {Range[]} */
  const totals = [];
  for (const { type, part: table } of (await readRelations(zip, part)).values()) {
    if (type !== 'table' || !zip.has(table)) continue;
    await parseXml(zip, table, {
      open: (name, { ref, totalsRowCount = '0' }, parent) => {
        const count = Number(totalsRowCount);
        if (name !== 'table' || parent !== '' || ref === undefined || !(count > 0)) return;
        const range = parseRange(ref);
        totals.push({ ...range, top: range.bottom - count + 1 });
      },
    });
  }
  return totals;
}

import { parseAddress } from './cell-address.mjs';
import { parseXml } from './parse-xml.mjs';

/**
 * A rectangle of cells of which the first one speaks for all. Rows count from 1, columns from 0; both ends inclusive.
 *
 * @typedef {{ readonly top: number, readonly left: number, readonly bottom: number, readonly right: number }} Merge
 */

/**
 * They stand behind the rows, and headings cannot be understood without them: hence a pass of its own.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part
 * @returns {Promise<readonly Merge[]>}
 */
export async function readMerges(zip, part) {
  // Most sheets have none, and to look for the word takes a tenth of the time.
  if (!(await mightHold(zip, part, 'mergeCell'))) return [];
  /** @type {Merge[]} */
  const merges = [];
  await parseXml(zip, part, {
    open: (name, { ref = '' }, parent) => {
      if (name !== 'mergeCell' || parent !== 'mergeCells') return;
      const merge = parseRange(ref);
      if (merge.top !== merge.bottom || merge.left !== merge.right) merges.push(merge);
    },
  });
  return merges;
}

/**
 * False if a part certainly does not hold a word.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part
 * @param {string} word
 */
async function mightHold(zip, part, word) {
  let before = Buffer.alloc(0);
  for await (const chunk of zip.read(part)) {
    const bytes = Buffer.concat([before, chunk]);
    // A NUL or a mark tells of UTF-16.
    if (bytes.includes(word) || bytes.includes(0)) return true;
    before = bytes.subarray(-word.length);
  }
  return false;
}

/**
 * `A1:B3`, or a single cell.
 *
 * @param {string} text
 * @returns {Merge}
 * @throws {import('../drop-fault.mjs').DropRefused} on what is no range.
 */
export function parseRange(text) {
  const [first = '', last = first] = text.split(':');
  const { row: top, column: left } = parseAddress(first);
  const { row: bottom, column: right } = parseAddress(last);
  return { top, left, bottom, right };
}

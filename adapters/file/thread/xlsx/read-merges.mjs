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

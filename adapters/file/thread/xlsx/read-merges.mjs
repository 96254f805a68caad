import { parseAddress } from './cell-address.mjs';
import { attributeOf, parseXml } from './parse-xml.mjs';

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
    open: (name, attributes) => {
      if (name !== 'mergeCell') return;
      const [first = '', last = first] = (attributeOf(attributes, 'ref') ?? '').split(':');
      const { row: top, column: left } = parseAddress(first);
      const { row: bottom, column: right } = parseAddress(last);
      if (top !== bottom || left !== right) merges.push({ top, left, bottom, right });
    },
  });
  return merges;
}

import { CellFormat } from './cell-format.mjs';
import { parseXml } from './parse-xml.mjs';

/** @typedef {import('./format-code.mjs').NumberKind} NumberKind */

/** ECMA-376 Part 1, 18.8.30, the Chinese ones included; of the Chinese times of day only the hours are left. @type {readonly (readonly [number, number, NumberKind])[]} */
const BUILT_IN = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'datetime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'elapsed'],
  [47, 47, 'time'],
  [50, 54, 'date'],
  [55, 56, 'time'],
  [57, 58, 'date'],
];
const FIRST_CUSTOM = 164;

/**
 * The formats of cells by the number of a cell's style.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string | null} part
 * @returns {Promise<readonly CellFormat[]>}
 */
export async function readCellFormats(zip, part) {
  if (part === null || !zip.has(part)) return [];
  /** @type {Map<number, CellFormat>} */
  const custom = new Map();
  /** @type {number[]} */
  const styles = [];
  await parseXml(zip, part, {
    open: (name, { numFmtId = '0', formatCode = '' }, parent) => {
      const format = Number(numFmtId);
      // Formats of conditional formats have numbers of their own, and stand in `dxf`.
      if (name === 'numFmt' && parent === 'numFmts') custom.set(format, CellFormat.of(formatCode));
      else if (name === 'xf' && parent === 'cellXfs') styles.push(format);
    },
  });
  return styles.map((format) => custom.get(format) ?? CellFormat.ofKind(builtIn(format)));
}

/**
 * @param {number} format
 * @returns {NumberKind}
 */
function builtIn(format) {
  if (format >= FIRST_CUSTOM) return 'number';
  return BUILT_IN.find(([first, last]) => format >= first && format <= last)?.[2] ?? 'number';
}

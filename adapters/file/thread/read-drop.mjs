import { closeSync, openSync, readSync } from 'node:fs';
import { detectCharset, isUtf8 } from './detect-charset.mjs';
import { DropRefused } from './drop-fault.mjs';
import { readCsv } from './read-csv.mjs';
import { ADDED_COLUMNS } from './rows-file.mjs';
import { SheetTable } from './sheet-table.mjs';
import { readXlsx } from './xlsx/read-xlsx.mjs';

/**
 * A drop and how it is to be read. Everything but `path` and `name` comes from the mapping.
 *
 * @typedef {object} DropSource
 * @property {string} path a copy of the drop that nobody writes to
 * @property {string} name the drop's own name
 * @property {Omit<import('../file-definition.js').FileDefinition, 'kind' | 'match'>} definition
 * @property {readonly string[]} columns
 * @property {readonly string[]} key
 * @property {readonly string[]} numbers
 * @property {readonly import('./cell-rule.mjs').CellRule[]} where
 */

/**
 * Reads the rows of a drop.
 *
 * @param {DropSource} source
 * @param {import('./sheet-table.mjs').TableTarget} target is given the rows and what is wrong with them
 * @returns {Promise<number>} the number of rows
 * @throws {DropRefused} when the drop cannot be read to its end.
 */
export async function readDrop({ path, name, definition, columns, key, numbers, where }, target) {
  const plan = { header: definition.header, columns, key, numbers, where };
  if (recogniseFormat(path, name) === 'xlsx') await readXlsx(path, definition.sheets, plan, target);
  else {
    const charset = await chooseCharset(path, definition.charset, plan, target);
    const table = new SheetTable(null, plan, target, null, charset);
    await readCsv(path, { charset, delimiter: definition.delimiter }, table);
  }
  const { faults, count } = target;
  if (count.rows === 0 && faults.found.length === 0) throw new DropRefused('no-rows');
  return count.rows;
}

/**
 * @param {string} path
 * @param {'auto' | 'utf-8' | 'gb18030'} stated by the mapping
 * @param {import('./sheet-table.mjs').TablePlan} plan
 * @param {import('./sheet-table.mjs').TableTarget} target
 */
async function chooseCharset(path, stated, { columns, key }, { notes }) {
  if (stated === 'gb18030' && (await isUtf8(path))) throw new DropRefused('wrong-charset');
  if (stated !== 'auto') return stated;
  const wanted = [...columns, ...key].filter((heading) => !ADDED_COLUMNS.includes(heading));
  const { charset, isDoubtful } = await detectCharset(path, wanted);
  if (isDoubtful) notes.add(charset === 'utf-8' ? 'doubtful-utf-8' : 'doubtful-gb18030');
  else if (charset === 'gb18030') notes.add('gb18030');
  return charset;
}

/**
 * By its content: names lie.
 *
 * @param {string} path
 * @param {string} name
 * @returns {'xlsx' | 'csv'}
 */
function recogniseFormat(path, name) {
  const head = Buffer.alloc(8);
  const file = openSync(path, 'r');
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'xlsx';
  // The container of Excel 97 to 2003, and of workbooks with a password.
  if (head.toString('hex') === 'd0cf11e0a1b11ae1' || /\.(?:xls|et)$/i.test(name)) {
    throw new DropRefused('old-excel');
  }
  if (/\.xls[xm]$/i.test(name)) throw new DropRefused('not-xlsx');
  return 'csv';
}

import { closeSync, openSync, readSync } from 'node:fs';
import { detectCharset } from './detect-charset.mjs';
import { DropRefused, FaultList, FaultsFull } from './drop-fault.mjs';
import { NoteList } from './drop-note.mjs';
import { readCsv } from './read-csv.mjs';
import { ADDED_COLUMNS, RowsFile } from './rows-file.mjs';
import { SheetTable } from './sheet-table.mjs';
import { readXlsx } from './xlsx/read-xlsx.mjs';

/**
 * A drop to be imported. Everything but `path` and `output` comes from the mapping.
 *
 * @typedef {object} ImportJob
 * @property {string} path a copy of the drop that nobody writes to
 * @property {string} name the drop's own name
 * @property {string} output where the version is written; must not exist
 * @property {string} received
 * @property {Omit<import('../file-definition.js').FileDefinition, 'kind' | 'match'>} definition
 * @property {readonly string[]} columns
 * @property {readonly string[]} key
 * @property {readonly string[]} numbers
 * @property {readonly import('./cell-rule.mjs').CellRule[]} where
 *
 * @typedef {{ kind: 'accepted', rows: number, sha256: string, notes: readonly import('./drop-note.mjs').DropNote[] }} Accepted
 * @typedef {{ kind: 'rejected', faults: readonly import('./drop-fault.mjs').DropFault[], isComplete: boolean }} Rejected
 */

/**
 * Reads a drop and writes its rows to a new SQLite file.
 *
 * @param {ImportJob} job
 * @returns {Promise<Accepted | Rejected>}
 * @throws when the store cannot be written.
 */
export async function importDrop(job) {
  const faults = new FaultList();
  const notes = new NoteList();
  const file = new RowsFile(job.output, job.key, job.received);
  try {
    const rows = await readDrop(job, { file, faults, notes, count: { rows: 0 } });
    file.indexKey(faults);
    if (faults.found.length === 0) {
      return { kind: 'accepted', rows, sha256: file.finish(), notes: notes.found };
    }
    return { kind: 'rejected', faults: faults.found, isComplete: true };
  } catch (error) {
    if (error instanceof FaultsFull) return { kind: 'rejected', faults: faults.found, isComplete: false };
    if (!(error instanceof DropRefused)) throw error;
    const last = new FaultList();
    last.add(error.code, error.place);
    return { kind: 'rejected', faults: [...faults.found, ...last.found], isComplete: false };
  } finally {
    file.abandon();
  }
}

/**
 * @param {ImportJob} job
 * @param {import('./sheet-table.mjs').TableTarget} target
 * @returns {Promise<number>} the number of rows
 */
async function readDrop(job, target) {
  const { path, name, definition } = job;
  const { columns, key, numbers, where } = job;
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

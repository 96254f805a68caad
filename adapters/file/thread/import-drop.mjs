import { DropRefused, FaultList, FaultsFull } from './drop-fault.mjs';
import { NoteList } from './drop-note.mjs';
import { readDrop } from './read-drop.mjs';
import { RowsFile } from './rows-file.mjs';

/**
 * @typedef {import('./read-drop.mjs').DropSource & { readonly newest: readonly string[], readonly output: string,
 *   readonly received: string }} ImportJob a drop to be imported: a key may occur once with each value of the columns
 *   `newest`; `output` is where the version is written, and must not exist; `received` is what `_received` says.
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
  const file = new RowsFile(job.output, [...job.key, ...job.newest], job.received);
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

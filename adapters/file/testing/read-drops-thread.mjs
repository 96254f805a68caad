import { rmSync, writeFileSync } from 'node:fs';
import { answerQuestions } from '../../../runtime/thread/answer-questions.mjs';
import { DropRefused, FaultList } from '../thread/drop-fault.mjs';
import { NoteList } from '../thread/drop-note.mjs';
import { readDrop } from '../thread/read-drop.mjs';

/**
 * Reads many drops without making a version of each.
 *
 * @typedef {import('../thread/read-drop.mjs').DropSource & { readonly bytes: Uint8Array }} SmallDrop
 *
 * @typedef {object} ReadDrop
 * @property {readonly Readonly<Record<string, string | number | null>>[]} rows by heading, with `_sheet` and `_row`
 * @property {readonly import('../thread/drop-fault.mjs').DropFault[]} faults
 * @property {readonly import('../thread/drop-note.mjs').DropNote[]} notes
 */

answerQuestions(async (/** @type {readonly SmallDrop[]} */ drops) => {
  /** @type {ReadDrop[]} */
  const read = [];
  // Each in a file of its own: some file systems wait for the disk when one is written over.
  for (const [index, drop] of drops.entries()) {
    const path = `${drop.path}-${index}`;
    read.push(await readOne({ ...drop, path }));
    rmSync(path);
  }
  return read;
});

/**
 * @param {SmallDrop} drop
 * @returns {Promise<ReadDrop>}
 */
async function readOne({ bytes, ...source }) {
  writeFileSync(source.path, bytes);
  const faults = new FaultList();
  const notes = new NoteList();
  /** @type {Record<string, string | number | null>[]} */
  const rows = [];
  const file = {
    openSheet:
      (/** @type {string | null} */ sheet, /** @type {readonly string[]} */ headings) =>
      (/** @type {number} */ row, /** @type {readonly (string | null)[]} */ cells) => {
        const named = headings.map((heading, index) => [heading, cells[index] ?? null]);
        rows.push({ _sheet: sheet, _row: row, ...Object.fromEntries(named) });
      },
  };
  try {
    await readDrop(source, { file, faults, notes, count: { rows: 0 } });
  } catch (error) {
    if (!(error instanceof DropRefused)) throw error;
    faults.add(error.code, error.place);
  }
  return { rows, faults: faults.found, notes: notes.found };
}

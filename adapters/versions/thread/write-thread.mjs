import { answerQuestions } from '../../../runtime/thread/answer-questions.mjs';
import { VersionAmender } from './version-amender.mjs';
import { VersionWriter } from './version-writer.mjs';

/**
 * @typedef {import('./version-writer.mjs').WrittenTable} WrittenTable
 * @typedef {import('./version-writer.mjs').Cell} Cell
 * @typedef {{ rows: number, sha256: string }} Written
 * @typedef {{ id: string } & (
 *   | { step: 'begin', table: WrittenTable & { readonly from?: string } }
 *   | { step: 'write', rows: readonly (readonly Cell[])[] }
 *   | { step: 'remove', keys: readonly (readonly Cell[])[] }
 *   | { step: 'finish' }
 *   | { step: 'abandon' }
 * )} WriteStep a step of the version that `id` names
 */

/** @type {Map<string, VersionWriter | VersionAmender>} */
const writers = new Map();

answerQuestions(
  /**
   * @param {WriteStep} question
   * @returns {Written | null}
   */
  (question) => {
    const { id } = question;
    if (question.step === 'begin') {
      const { from, ...table } = question.table;
      writers.set(id, from === undefined ? new VersionWriter(table) : new VersionAmender({ ...table, from }));
      return null;
    }
    const writer = writers.get(id);
    // The thread that had begun it may have been lost.
    if (writer === undefined)
      throw new Error('Cannot go on with a version: it must have been begun here, but was not');
    if (question.step === 'write') {
      writer.write(question.rows);
      return null;
    }
    if (question.step === 'remove') {
      writer.remove(question.keys);
      return null;
    }
    writers.delete(id);
    if (question.step === 'finish') return writer.finish();
    writer.abandon();
    return null;
  },
);

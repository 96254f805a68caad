import { parentPort } from 'node:worker_threads';
import { importDrop } from './import-drop.mjs';

/**
 * The thread that reads drops, one after another, so that a large workbook holds up nobody. Plain JavaScript: it is
 * loaded as it stands, from sources and from dist.
 *
 * @typedef {import('./import-drop.mjs').ImportJob & { id: number }} ThreadJob
 * @typedef {{ kind: 'failed', code: string, message: string }} Failed the store could not be written
 * @typedef {import('./import-drop.mjs').Accepted | import('./import-drop.mjs').Rejected | Failed} ImportOutcome
 * @typedef {{ id: number, outcome: ImportOutcome }} ThreadAnswer
 */

parentPort?.on('message', async (/** @type {ThreadJob} */ job) => {
  /** @type {ImportOutcome} */
  let outcome;
  try {
    outcome = await importDrop(job);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    outcome = { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage({ id: job.id, outcome });
});

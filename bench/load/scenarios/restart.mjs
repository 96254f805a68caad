import { setTimeout as sleep } from 'node:timers/promises';
import { processTree } from '../../process/process-usage.mjs';
import { countOutcomes, LOAD_HEAD, loadRow } from '../count-outcomes.mjs';
import { runStream } from '../open-loop.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { knownStream } from '../streams.mjs';
import { verbKnows } from '../verb-knows.mjs';

const FACTOR = 0.8;
const WORKERS = ['--workers', '2'];
/** In which a process that was told to stop must have ended, and a worker must be replaced. */
const LEAVE_MS = 10_000;
const LOOK_MS = 50;

/** @type {import('./scenarios.mjs').Scenario} */
export const restart = {
  name: 'restart',
  shows: `SIGTERM to the gateway, and to each of two workers in turn, at ${FACTOR} × the capacity: requests lost`,
  run: async (stage) => {
    const rows = [];
    const notes = [];
    const both = verbKnows('serve', '--workers');
    for (const words of both ? [[], WORKERS] : [[]]) {
      const { row, note } = await withGateway(stage, { words }, (gateway) =>
        measureTerm(stage, gateway, words.length === 0 ? 'SIGTERM' : 'SIGTERM, two workers'),
      );
      rows.push(row);
      notes.push(note);
    }
    if (both) {
      const { row, note } = await withGateway(stage, { words: WORKERS }, (gateway) =>
        measureRolling(stage, gateway),
      );
      rows.push(row);
      notes.push(note);
    } else notes.push('serve does not know --workers: two workers and their rolling restart are not shown.');
    const head = [...LOAD_HEAD, 'lost', 'nobody listened'];
    return [{ title: 'a restart', head, rows, notes }];
  },
};

/**
 * Whoever was let in must be answered. Whoever asks when the whole gateway is gone goes to another machine; while its workers are
 * replaced, somebody must listen all the time.
 *
 * @param {string} title @param {readonly import('../open-loop.mjs').Outcome[]} outcomes @param {number} seconds @param {number} capacity
 */
function restartRow(title, outcomes, seconds, capacity) {
  const counted = countOutcomes(outcomes, 0, seconds * 1000);
  const { broken, late, wrong, away } = counted.ends;
  return [...loadRow(title, counted, capacity), String(broken + late + wrong), String(away)];
}

/** @param {import('../stage.mjs').Stage} stage @param {import('../stage.mjs').Gateway} gateway @param {string} title */
async function measureTerm(stage, gateway, title) {
  const capacity = await capacityOf(stage, gateway);
  const { seconds } = stage.options;
  const running = runStream(knownStream(stage.known, gateway.url, capacity * FACTOR), 2 * seconds);
  await sleep(seconds * 1000);
  const toldMs = performance.now();
  process.kill(gateway.pid, 'SIGTERM');
  const code = await Promise.race([gateway.ended, sleep(2 * LEAVE_MS, 'still there')]);
  const tookSeconds = ((performance.now() - toldMs) / 1000).toFixed(1);
  const outcomes = await running;
  return {
    row: restartRow(title, outcomes, 2 * seconds, capacity),
    note: `${title}: exit code ${code} after ${tookSeconds} s; it must be 0 within ${LEAVE_MS / 1000} s.${sayClosed(outcomes)}`,
  };
}

/** @param {import('../stage.mjs').Stage} stage @param {import('../stage.mjs').Gateway} gateway */
async function measureRolling(stage, gateway) {
  const title = 'workers in turn';
  const capacity = await capacityOf(stage, gateway);
  const workers = childrenOf(gateway.pid);
  const seconds = Math.max(stage.options.seconds, (workers.length * LEAVE_MS) / 1000 + 2);
  const running = runStream(knownStream(stage.known, gateway.url, capacity * FACTOR), seconds);
  const replaced = [];
  await sleep(1000);
  for (const worker of workers) {
    const toldMs = performance.now();
    process.kill(worker, 'SIGTERM');
    const isReplaced = await until(() => {
      const now = childrenOf(gateway.pid);
      return !now.includes(worker) && now.length === workers.length;
    });
    const tookSeconds = ((performance.now() - toldMs) / 1000).toFixed(1);
    replaced.push(isReplaced ? `replaced after ${tookSeconds} s` : `not replaced in ${tookSeconds} s`);
  }
  const outcomes = await running;
  const found = workers.length === 0 ? 'no processes beneath it: nothing was restarted' : replaced.join(', ');
  return {
    row: restartRow(title, outcomes, seconds, capacity),
    note: `${title}: ${found}.${sayClosed(outcomes)}`,
  };
}

/** No server can see what is on its way when it closes a connection that nobody uses. @param {readonly import('../open-loop.mjs').Outcome[]} outcomes */
function sayClosed(outcomes) {
  const closed = outcomes.filter(({ end, onKept }) => end === 'broken' && onKept).length;
  return closed === 0 ? '' : ` ${closed} of the lost were sent on kept connections that were being closed.`;
}

/** @param {number} pid */
const childrenOf = (pid) => processTree(pid).slice(1);

/** @param {() => boolean} isSo @returns {Promise<boolean>} false: not in time */
async function until(isSo) {
  const giveUpMs = performance.now() + LEAVE_MS;
  while (performance.now() < giveUpMs) {
    if (isSo()) return true;
    await sleep(LOOK_MS);
  }
  return false;
}

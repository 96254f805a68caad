import { GATEWAYS } from '../gateways/gateways.mjs';
import { median } from '../load/statistics.mjs';
import { formatNumber, ROUND_HEAD, roundCells, withSpread } from './round-columns.mjs';
import { formatTable } from './table.mjs';

/** @typedef {import('../workloads/run-workload.mjs').Contestant} Contestant */

/**
 * @param {import('../workloads/workloads.mjs').Workload} workload @param {boolean} sharesReads
 * @param {readonly Contestant[]} contestants
 * @returns {number} wrong answers
 */
export function reportWorkload(workload, sharesReads, contestants) {
  const ours = contestants.find(({ name }) => name === 'ours');
  const rows = contestants.map((contestant) => [
    titleOf(contestant, sharesReads),
    ...roundCells(contestant.rounds),
    formatNumber(median(contestant.rounds.map(({ calls }) => calls))),
    ours === undefined ? '–' : withSpread(ratios(contestant, ours)),
  ]);
  console.log(
    `\n## ${workload.name}: ${workload.title}; identical reads ${sharesReads ? '' : 'not '}shared\n`,
  );
  console.log(formatTable(['gateway', ...ROUND_HEAD, 'calls', 'CPU ÷ ours'], rows));
  for (const { name, checker } of contestants) {
    if (checker.wrong() > 0)
      console.error(`\n${name}: ${checker.wrong()} WRONG, the first: ${checker.sample()}`);
  }
  return contestants.reduce((sum, { checker }) => sum + checker.wrong(), 0);
}

/** @param {Contestant} contestant @param {boolean} sharesReads */
function titleOf({ name }, sharesReads) {
  const { title, canShare } = GATEWAYS[name];
  return sharesReads && !canShare ? `${title} (never shares)` : title;
}

/**
 * CPU time over ours, round by round: what a machine does besides changes from minute to minute.
 *
 * @param {Contestant} contestant @param {Contestant} ours
 */
function ratios({ rounds }, ours) {
  return rounds.map(({ cpuMs }, index) => cpuMs / ours.rounds[index].cpuMs);
}

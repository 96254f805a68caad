import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Cores who runs where; null lists leave it to the kernel.
 * @property {string | null} gateway one core, as `taskset` names it
 * @property {string | null} rest all others: the load, the subgraphs
 * @property {string | null} all
 */

/** Splits the cores that this process may use: the last one for the gateway. @returns {Cores} */
export function splitCores() {
  const cores = allowedCores();
  if (cores.length < 2 || spawnSync('taskset', ['--version']).error !== undefined) {
    console.warn(
      'Nothing is pinned: this takes two cores and the command taskset. Figures will be less steady.',
    );
    return { gateway: null, rest: null, all: null };
  }
  return { gateway: String(cores.at(-1)), rest: cores.slice(0, -1).join(','), all: cores.join(',') };
}

/** Moves all threads of this process, and with them whatever it starts later. @param {string | null} cores */
export function pinThisProcess(cores) {
  if (cores === null) return;
  const { status, stderr } = spawnSync('taskset', ['-a', '-c', '-p', cores, String(process.pid)]);
  if (status !== 0) throw new Error(`Cannot pin this process to the cores ${cores}: ${stderr}`);
}

/**
 * @param {string | null} cores @param {string} command @param {readonly string[]} words
 * @returns {readonly [string, readonly string[]]} the command on these cores; its process id is the command's own.
 */
export function onCores(cores, command, words) {
  return cores === null ? [command, words] : ['taskset', ['-c', cores, command, ...words]];
}

/** @returns {readonly number[]} */
function allowedCores() {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const [, list = ''] = /^Cpus_allowed_list:\s*(.*)$/m.exec(status) ?? [];
    return list.split(',').flatMap((range) => {
      const [first, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  } catch {
    return [];
  }
}

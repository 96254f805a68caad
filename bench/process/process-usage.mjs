import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(spawnSync('getconf', ['CLK_TCK']).stdout ?? 100) || 100;

/** @typedef {{readonly cpuMs: number, readonly rssMb: number, readonly peakRssMb: number}} Usage sums over processes. */

/** @param {readonly number[]} pids processes with all their threads @returns {Usage} */
export function usageOf(pids) {
  let cpuMs = 0;
  let rssMb = 0;
  let peakRssMb = 0;
  for (const pid of pids.filter((one) => parentOf(one) !== null)) {
    const { userTicks, systemTicks } = readStat(pid);
    cpuMs += ((userTicks + systemTicks) * 1000) / TICKS_PER_SECOND;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    rssMb += megabytes(status, 'VmRSS');
    peakRssMb += megabytes(status, 'VmHWM');
  }
  return { cpuMs, rssMb, peakRssMb };
}

/** @param {number} root @returns {readonly number[]} the process and those that it started, and they started */
export function processTree(root) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** @param {number} pid @returns {number | null} null when it has just ended */
function parentOf(pid) {
  try {
    return readStat(pid).parent;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function readStat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second column is the name, in brackets and with whatever it holds; proc(5) counts from 1.
  const columns = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    parent: Number(columns[4 - 3]),
    userTicks: Number(columns[14 - 3]),
    systemTicks: Number(columns[15 - 3]),
  };
}

/** @param {string} status @param {string} name */
function megabytes(status, name) {
  const [, kilobytes = '0'] = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status) ?? [];
  return Number(kilobytes) / 1024;
}

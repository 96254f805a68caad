import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, usageOf } from '../process/process-usage.mjs';
import { startLoad } from './closed-loop.mjs';
import { percentile } from './statistics.mjs';

/**
 * @typedef {object} Target
 * @property {string} url
 * @property {Readonly<Record<string, string>>} [headers] that every request must have
 * @property {number} pid of the process whose CPU time counts, with those it started
 * @property {readonly number[]} [behind] processes of its subgraphs, counted by themselves
 *
 * @typedef {object} Round figures of one stretch of load
 * @property {number} requestsPerSecond
 * @property {number} cpuMs of the gateway per request
 * @property {number} behindCpuMs of the processes behind it per request
 * @property {number} busy share of the time in which the gateway had a core
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {number} rssMb when the load ends
 * @property {number} peakRssMb since the gateway's start
 * @property {number} calls to subgraphs per request
 */

/**
 * @param {Target} target
 * @param {{bodies: readonly string[], connections: number, seconds: number}} load
 * @param {import('./closed-loop.mjs').Verdict} verdict
 * @param {() => Promise<number>} countCalls to subgraphs, ever
 * @returns {Promise<Round>}
 */
export async function measureRound({ url, headers, pid, behind = [] }, load, verdict, countCalls) {
  const pids = processTree(pid);
  const callsBefore = await countCalls();
  const before = usageOf(pids);
  const behindBefore = usageOf(behind);
  const running = startLoad({ url, headers, bodies: load.bodies, connections: load.connections, verdict });
  await sleep(load.seconds * 1000);
  const { elapsedMs, latenciesMs } = await running.stop();
  const after = usageOf(pids);
  const behindAfter = usageOf(behind);
  const calls = (await countCalls()) - callsBefore;
  const requests = latenciesMs.length;
  const cpuMs = after.cpuMs - before.cpuMs;
  return {
    requestsPerSecond: (requests * 1000) / elapsedMs,
    cpuMs: cpuMs / requests,
    behindCpuMs: (behindAfter.cpuMs - behindBefore.cpuMs) / requests,
    busy: cpuMs / elapsedMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    rssMb: after.rssMb,
    peakRssMb: after.peakRssMb,
    calls: calls / requests,
  };
}

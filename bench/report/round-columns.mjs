import { median } from '../load/statistics.mjs';

/** @typedef {import('../load/measure-round.mjs').Round} Round */

/** @param {number} value three digits that count */
export function formatNumber(value) {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}

/** @param {readonly number[]} values @returns {string} median and spread */
export function withSpread(values) {
  const middle = formatNumber(median(values));
  if (values.length === 1) return middle;
  return `${middle} (${formatNumber(Math.min(...values))}–${formatNumber(Math.max(...values))})`;
}

/** @type {readonly (readonly [title: string, cell: (rounds: readonly Round[]) => string])[]} */
const COLUMNS = [
  ['requests/s', (rounds) => withSpread(rounds.map((round) => round.requestsPerSecond))],
  ['CPU ms/request', (rounds) => withSpread(rounds.map((round) => round.cpuMs))],
  ['p50 ms', (rounds) => withSpread(rounds.map((round) => round.p50Ms))],
  ['p99 ms', (rounds) => withSpread(rounds.map((round) => round.p99Ms))],
  ['RSS MB', (rounds) => formatNumber(median(rounds.map((round) => round.rssMb)))],
  ['peak', (rounds) => formatNumber(Math.max(...rounds.map((round) => round.peakRssMb)))],
  ['busy', (rounds) => `${Math.round(100 * median(rounds.map((round) => round.busy)))} %`],
];

export const ROUND_HEAD = COLUMNS.map(([title]) => title);

/** @param {readonly Round[]} rounds of one gateway, at least one */
export function roundCells(rounds) {
  return COLUMNS.map(([, cell]) => cell(rounds));
}

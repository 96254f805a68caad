import { slope } from '../load/statistics.mjs';

/** Share of the time that caches and heap take to fill; the slope is that of the rest. */
const FILLING = 0.2;

/** @typedef {{minute: number, heapMb: number, oldMb: number, rssMb: number}} Sample */

/** @param {readonly Sample[]} samples at steady intervals @returns {readonly string[]} one sentence for each figure */
export function memoryTrends(samples) {
  const settled = samples.slice(Math.floor(samples.length * FILLING));
  const figures = /** @type {const} */ ([
    ['heap used', 'heapMb'],
    ['old space', 'oldMb'],
    ['RSS', 'rssMb'],
  ]);
  return figures.map(([title, key]) => {
    const perMinute = slope(settled.map((sample) => ({ x: sample.minute, y: sample[key] })));
    const most = Math.max(...samples.map((sample) => sample[key]));
    return `${title}: ${perMinute.toFixed(2)} MB a minute after the first fifth, at most ${most.toFixed(1)} MB`;
  });
}

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
  const trends = figures.map(([title, key]) => {
    const perMinute = slope(settled.map((sample) => ({ x: sample.minute, y: sample[key] })));
    const most = Math.max(...samples.map((sample) => sample[key]));
    return `${title}: ${perMinute.toFixed(2)} MB a minute after the first fifth, at most ${most.toFixed(1)} MB`;
  });
  const least = leastOfMinutes(settled);
  if (least.length < 3) return trends;
  return [
    ...trends,
    `heap used, least of each minute: ${slope(least).toFixed(2)} MB a minute after the first fifth`,
  ];
}

/** Near what is left after a collection; all samples together show garbage that waits for one. @param {readonly Sample[]} samples */
function leastOfMinutes(samples) {
  /** @type {Map<number, number>} */
  const least = new Map();
  for (const { minute, heapMb } of samples) {
    const whole = Math.floor(minute);
    least.set(whole, Math.min(heapMb, least.get(whole) ?? heapMb));
  }
  return [...least].map(([x, y]) => ({ x, y }));
}

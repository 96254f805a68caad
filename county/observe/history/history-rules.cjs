/**
 * What histories of every kind have in common: how long what is kept, and what is told of a long stretch. Plain JavaScript, and not a
 * module, since both the thread of the embedded one and all others read it.
 *
 * @typedef {import('../../../subgraphs/port/observation.js').HistoryPoint} HistoryPoint
 * @typedef {{ at: number, n: number, low: number, high: number, sum: number, last: number, width: number }} Part
 */

const DAY = 86_400;
/** The county's days begin so many seconds before those of UTC, and have done so since 1991 without an hour's change. */
const COUNTY_OFFSET = 8 * 3600;
/** Seconds that single measurements, and those of each width, are kept. */
const RAW_KEPT = 7 * DAY;
/** @type {readonly (readonly [width: number, kept: number])[]} */
const TIERS = [
  [300, 30 * DAY],
  [3600, 90 * DAY],
];
const INCIDENTS_KEPT = 90 * DAY;
/** Beyond this, points are put together. */
const MOST_POINTS = 1500;
const WIDTHS = [60, 300, 900, 3600, 3 * 3600, 6 * 3600, DAY];

/** @param {number} ms */
function seconds(ms) {
  return Math.floor(ms / 1000);
}

/**
 * Six digits tell what there is to tell.
 *
 * @param {number} value
 */
function rounded(value) {
  return Number(value.toPrecision(6));
}

/**
 * @param {readonly Part[]} parts oldest first
 * @param {{ readonly from: number, readonly to: number }} stretch that was asked for, milliseconds
 * @returns {HistoryPoint[]}
 */
function pointsOf(parts, { from, to }) {
  const width = parts.length <= MOST_POINTS ? 0 : niceWidth((to - from) / 1000 / MOST_POINTS);
  return joinParts(parts, width).map((part) => ({
    at: part.at * 1000,
    seconds: part.width,
    count: part.n,
    low: part.low,
    high: part.high,
    mean: part.sum / part.n,
    last: part.last,
  }));
}

/** @param {number} least */
function niceWidth(least) {
  return WIDTHS.find((width) => width >= least) ?? DAY;
}

/**
 * @param {readonly Part[]} parts oldest first
 * @param {number} width 0: as they are
 */
function joinParts(parts, width) {
  if (width === 0) return parts;
  /** @type {Map<number, Part>} */
  const joined = new Map();
  for (const part of parts) {
    const at = Math.floor(part.at / width) * width;
    const known = joined.get(at);
    if (known === undefined) {
      joined.set(at, { ...part, at, width: Math.max(width, part.width) });
      continue;
    }
    known.n += part.n;
    known.low = Math.min(known.low, part.low);
    known.high = Math.max(known.high, part.high);
    known.sum += part.sum;
    known.last = part.last;
  }
  return [...joined.values()];
}

module.exports = { DAY, COUNTY_OFFSET, RAW_KEPT, TIERS, INCIDENTS_KEPT, seconds, rounded, pointsOf };

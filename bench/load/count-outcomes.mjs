import { percentile } from './statistics.mjs';

/**
 * @typedef {object} Counted what became of the requests that fell due in a stretch of time
 * @property {number} spanMs
 * @property {number} due
 * @property {Readonly<Record<import('./open-loop.mjs').End, number>>} ends
 * @property {readonly number[]} goodMs from the due time
 * @property {readonly number[]} refusedMs from the due time
 * @property {readonly number[]} firstByteMs of all that were answered
 */

/**
 * @param {readonly import('./open-loop.mjs').Outcome[]} outcomes
 * @param {number} fromMs since the stream began @param {number} toMs
 * @returns {Counted}
 */
export function countOutcomes(outcomes, fromMs, toMs) {
  const ends = { good: 0, told: 0, refused: 0, wrong: 0, broken: 0, away: 0, late: 0, unsent: 0 };
  let due = 0;
  const goodMs = [];
  const refusedMs = [];
  const firstByteMs = [];
  for (const outcome of outcomes) {
    if (outcome.dueMs < fromMs || outcome.dueMs >= toMs) continue;
    due++;
    ends[outcome.end]++;
    if (outcome.end === 'good') goodMs.push(outcome.tookMs);
    if (outcome.end === 'refused') refusedMs.push(outcome.tookMs);
    if (!Number.isNaN(outcome.firstByteMs)) firstByteMs.push(outcome.firstByteMs);
  }
  return { spanMs: toMs - fromMs, due, ends, goodMs, refusedMs, firstByteMs };
}

/** @param {number} share */
export const percent = (share) => (Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–');
/** @param {readonly number[]} times @param {number} share */
export const at = (times, share) => (times.length === 0 ? '–' : percentile(times, share).toFixed(0));
/** @param {number} megabytes */
export const growth = (megabytes) => `${megabytes < 0 ? '−' : '+'}${Math.abs(megabytes).toFixed(0)}`;
/** How many times as late. @param {readonly number[]} times @param {readonly number[]} before @param {number} share */
export const ratio = (times, before, share) =>
  times.length === 0 || before.length === 0
    ? '–'
    : `${(percentile(times, share) / percentile(before, share)).toFixed(1)} ×`;

/** @param {Counted} counted */
export const goodShare = ({ ends, due }) => ends.good / due;

export const LOAD_HEAD = [
  'load',
  'due',
  'goodput ÷ capacity',
  'good',
  'told',
  'refused',
  'wrong',
  'broken',
  'hung up',
  'p50 ms',
  'p99 ms',
  'refusals p99',
];

/** The columns of `LOAD_HEAD`. @param {string} title @param {Counted} counted @param {number} capacity a second */
export function loadRow(title, { spanMs, due, ends, goodMs, refusedMs }, capacity) {
  return [
    title,
    String(due),
    percent((ends.good * 1000) / spanMs / capacity),
    percent(ends.good / due),
    percent(ends.told / due),
    percent(ends.refused / due),
    String(ends.wrong),
    String(ends.broken + ends.away),
    String(ends.late + ends.unsent),
    at(goodMs, 0.5),
    at(goodMs, 0.99),
    at(refusedMs, 0.99),
  ];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { failureOf, parseJson } from '../load/answer-checker.mjs';
import { firstDifference } from '../load/first-difference.mjs';

/** How often a query is asked until two answers in a row are whole and equal; breakers of sources close meanwhile. */
const TRIES = 60;
const PAUSE_MS = 1000;

/**
 * @typedef {import('../load/closed-loop.mjs').Verdict & {readonly partial: () => number, readonly wrong: () => number,
 *   readonly sample: () => string | null}} CountyChecker
 */

/** Two answers of an idle county differ, or lack something. */
export class NoWholeAnswer extends Error {}

/**
 * What the idle county answers; there is no other schema that holds its data.
 *
 * @param {string} url @param {import('./county-queries.mjs').CountyQuery} query @returns {Promise<string>}
 * @throws {NoWholeAnswer}
 */
export async function wholeAnswer(url, { name, body }) {
  let before = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const headers = { 'content-type': 'application/json' };
    const text = await (await fetch(url, { method: 'POST', headers, body })).text();
    if (text === before && !isPartial(JSON.parse(text))) return text;
    before = text;
    await sleep(PAUSE_MS);
  }
  throw new NoWholeAnswer(
    `${name}: no two answers in a row were whole and equal, such as ${before.slice(0, 400)}`,
  );
}

/** @param {string} expected @returns {CountyChecker} */
export function createCountyChecker(expected) {
  const judge = createCountyJudge(expected);
  let partial = 0;
  let wrong = 0;
  /** @type {string | null} */
  let sample = null;
  /** @param {string} what */
  const countWrong = (what) => {
    wrong++;
    sample ??= what;
  };
  return {
    judge: (_, status, chunks) => {
      const { difference, answer } = judge(chunks);
      if (status !== 200) countWrong(failureOf(status, chunks));
      else if (difference === null) return;
      else if (isPartial(answer)) partial++;
      else countWrong(difference);
    },
    fail: (_, error) => countWrong(String(error)),
    partial: () => partial,
    wrong: () => wrong,
    sample: () => sample,
  };
}

/**
 * @param {string} expected
 * @returns {(chunks: readonly Buffer[]) => {difference: string | null, answer?: any}} where an answer parts from the idle county's; null:
 *   nowhere
 */
export function createCountyJudge(expected) {
  const bytes = Buffer.from(expected);
  const value = comparable(JSON.parse(expected));
  return (chunks) => {
    const body = Buffer.concat(chunks);
    if (body.equals(bytes)) return { difference: null };
    const answer = parseJson(body);
    return { difference: firstDifference(value, comparable(answer)), answer };
  };
}

/** `extensions` tell of times, which are never the same. @param {any} answer */
const comparable = ({ data, errors } = {}) => ({ data, errors });

/** Whether an answer says itself that it lacks something. @param {any} answer */
export const saysThatItLacks = (answer) => (answer?.errors?.length ?? 0) > 0 || lacksSource(answer);

/** An answer that says itself what is missing and that asking again may help. @param {any} answer */
function isPartial({ data, errors = [], extensions } = {}) {
  if (errors.some((/** @type {any} */ error) => error.extensions?.retryable !== true)) return false;
  return errors.length > 0 || lacksSource({ data, extensions });
}

/** @param {any} value @returns {boolean} whether a coverage entry in it tells of an interface that did not answer */
function lacksSource(value) {
  if (Array.isArray(value)) return value.some(lacksSource);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    key === 'coverage'
      ? (inner?.interfaces ?? inner ?? []).some(({ state }) => state === 'MISSING' || state === 'STALE')
      : lacksSource(inner),
  );
}

import { firstDifference } from './first-difference.mjs';

/** Texts of one right answer that differ in the order of keys or in blanks; gateways make a few. */
const MAX_VARIANTS = 8;

/**
 * @typedef {import('./closed-loop.mjs').Verdict & {readonly wrong: () => number, readonly sample: () => string | null}} AnswerChecker
 */

/**
 * Tells for every answer whether it is right: byte for byte one that was found equal in depth before, else by depth.
 *
 * @param {readonly import('../workloads/workloads.mjs').Case[]} cases
 * @returns {() => AnswerChecker} one for each count of wrong answers; what is known to be right is shared.
 */
export function createCheckers(cases) {
  /** @type {Buffer[][]} by case, the last one that met first */
  const right = cases.map(() => []);

  /** @param {number} index @param {readonly Buffer[]} chunks @returns {string | null} what is wrong */
  const faultOf = (index, chunks) => {
    const variants = right[index];
    const known = variants.findIndex((variant) => equalsChunks(variant, chunks));
    if (known > 0) variants.unshift(...variants.splice(known, 1));
    if (known >= 0) return null;
    const bytes = Buffer.concat(chunks);
    const difference = firstDifference(JSON.parse(cases[index].expected), parseJson(bytes));
    if (difference !== null) return difference;
    variants.unshift(bytes);
    variants.length = Math.min(variants.length, MAX_VARIANTS);
    return null;
  };

  return () => {
    let wrong = 0;
    /** @type {string | null} */
    let sample = null;
    /** @param {number} index @param {string} what */
    const count = (index, what) => {
      wrong++;
      sample ??= `${what}\n  in the answer to ${cases[index].body.slice(0, 300)}`;
    };
    return {
      judge: (index, status, chunks) => {
        const fault = status === 200 ? faultOf(index, chunks) : failureOf(status, chunks);
        if (fault !== null) count(index, fault);
      },
      fail: (index, error) => count(index, String(error)),
      wrong: () => wrong,
      sample: () => sample,
    };
  };
}

/** @param {number} status @param {readonly Buffer[]} chunks */
export function failureOf(status, chunks) {
  return `status ${status}, ${Buffer.concat(chunks).toString().slice(0, 300)}`;
}

/** @param {Buffer} whole @param {readonly Buffer[]} chunks */
function equalsChunks(whole, chunks) {
  let start = 0;
  for (const chunk of chunks) {
    const end = start + chunk.length;
    if (end > whole.length || chunk.compare(whole, start, end) !== 0) return false;
    start = end;
  }
  return start === whole.length;
}

/** @param {Buffer} bytes @returns {unknown} undefined when it is no JSON */
export function parseJson(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

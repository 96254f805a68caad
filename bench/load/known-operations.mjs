import { createCheckers } from './answer-checker.mjs';
import { isRefusal } from './is-refusal.mjs';
import { isTold } from './told-answer.mjs';

/**
 * @typedef {object} Known operations that are asked again and again, one after the other
 * @property {readonly string[]} bodies
 * @property {(place: number, status: number, chunks: readonly Buffer[]) => import('./open-loop.mjs').Verdict} judge an answer to the
 *   body at that place
 */

/** Prints the first wrong answer. @param {readonly import('../workloads/workloads.mjs').Case[]} cases @returns {Known} */
export function knownOperations(cases) {
  const checker = createCheckers(cases)();
  return {
    bodies: cases.map(({ body }) => body),
    judge: (place, status, chunks) => {
      if (isRefusal(status)) return 'refused';
      if (isTold(cases[place].expected, chunks)) return 'told';
      const before = checker.wrong();
      checker.judge(place, status, chunks);
      if (checker.wrong() === before) return 'good';
      if (before === 0) console.error(checker.sample());
      return 'wrong';
    },
  };
}

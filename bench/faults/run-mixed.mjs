import { runStream } from '../load/open-loop.mjs';
import { knownStream } from '../load/streams.mjs';

/**
 * Operations of which one in two asks the faulty subgraph.
 *
 * @param {string} url @param {number} perSecond of both together
 * @param {{touching: import('../load/known-operations.mjs').Known, sparing: import('../load/known-operations.mjs').Known}} operations
 * @param {number} seconds
 */
export async function runMixed(url, perSecond, { touching, sparing }, seconds) {
  const [others, affected] = await Promise.all([
    runStream(knownStream(sparing, url, perSecond / 2), seconds),
    runStream(knownStream(touching, url, perSecond / 2), seconds),
  ]);
  return { others, affected };
}

import { readFileSync } from 'node:fs';
import { answerOfMonolith } from '../graph/monolith.mjs';
import { variableSets } from './variable-sets.mjs';

/**
 * @typedef {object} Case one request and its answer
 * @property {string} body of the request
 * @property {string} expected the answer's JSON; key order may differ
 * @typedef {object} Workload
 * @property {string} name
 * @property {string} title
 * @property {readonly Case[]} cases
 * @property {number} maxConnections
 */

/** 50 answers of 1 MB at a time would mostly wait, longer than our gateway lets a query take. */
const PASSTHROUGH_CONNECTIONS = 8;

/** @type {Record<string, {title: string, variables: readonly Record<string, unknown>[], maxConnections?: number}>} */
const SHOP_WORKLOADS = {
  heavy: { title: "the public benchmark's one query", variables: [{}] },
  vars: { title: 'three people and the top products, 1,000 sets of variables', variables: variableSets },
  'heavy-vars': { title: 'heavy with 1,000 sets of variables', variables: variableSets },
  tiny: { title: 'one field of one subgraph', variables: [{}] },
  passthrough: {
    title: `one list of one subgraph, at most ${PASSTHROUGH_CONNECTIONS} connections`,
    variables: [{}],
    maxConnections: PASSTHROUGH_CONNECTIONS,
  },
};

export const SHOP_WORKLOAD_NAMES = Object.keys(SHOP_WORKLOADS);

/** @param {string} name one of `SHOP_WORKLOAD_NAMES` @returns {Promise<Workload>} with expected answers */
export async function readWorkload(name) {
  const { title, variables: sets, maxConnections = Number.POSITIVE_INFINITY } = SHOP_WORKLOADS[name];
  const query = readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8');
  const cases = [];
  for (const variables of sets) {
    cases.push({
      body: JSON.stringify({ query, variables }),
      expected: await answerOfMonolith(query, variables),
    });
  }
  return { name, title: `${title}, ${meanSize(cases)} an answer`, cases, maxConnections };
}

/** @param {readonly Case[]} cases */
function meanSize(cases) {
  const bytes = cases.reduce((sum, { expected }) => sum + Buffer.byteLength(expected), 0) / cases.length;
  return bytes < 1000 ? `${Math.round(bytes)} bytes` : `${(bytes / 1000).toFixed(1)} KB`;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, visit } from 'graphql';
import { composeSupergraph } from '../graph/compose.mjs';
import { answerOfMonolith } from '../graph/monolith.mjs';
import { knownOperations } from '../load/known-operations.mjs';
import { freePort } from '../process/start-process.mjs';
import { startSubgraphs } from '../subgraphs/subgraph-process.mjs';

/** Both of its fields are leaves of what other subgraphs give. */
const NAME = 'inventory';
const FIELDS = new Set(['inStock', 'shippingEstimate']);

/**
 * @typedef {object} FaultySubgraph one subgraph in a process of its own
 * @property {string} supergraphFile in which it has its own address
 * @property {() => import('../subgraphs/subgraph-process.mjs').SubgraphProcess} current its process
 * @property {() => Promise<void>} start another process at the same address, when there is none
 * @property {() => void} stop
 */

/** @param {import('../graph/open-graph.mjs').Graph} graph of the others @returns {Promise<FaultySubgraph>} */
export async function startFaultySubgraph({ folder, subgraphs }) {
  const port = await freePort();
  const start = () => startSubgraphs({ names: [NAME], port });
  let running = await start();
  const supergraphFile = join(folder, 'faulty.graphql');
  writeFileSync(supergraphFile, composeSupergraph(subgraphs.origin, { [NAME]: running.origin }));
  return {
    supergraphFile,
    current: () => running,
    start: async () => {
      running = await start();
    },
    stop: () => running.close(),
  };
}

/**
 * The same operations without what the faulty subgraph gives.
 *
 * @param {import('../workloads/workloads.mjs').Workload} workload
 * @returns {Promise<import('../load/known-operations.mjs').Known>}
 * @throws {Error} when they never ask it
 */
export async function sparingOperations({ name, cases }) {
  const sparing = [];
  for (const { body } of cases) {
    const { query, variables } = JSON.parse(body);
    const document = parse(query);
    const without = visit(document, {
      [Kind.FIELD]: (field) => (FIELDS.has(field.name.value) ? null : undefined),
    });
    if (without === document) {
      throw new Error(
        `Cannot show faults: the workload must ask ${NAME}, as heavy and vars do, but ${name} does not`,
      );
    }
    const text = print(without);
    const expected = await answerOfMonolith(text, variables);
    sparing.push({ body: JSON.stringify({ query: text, variables }), expected });
  }
  return knownOperations(sparing);
}

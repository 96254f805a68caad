// Holds the benchmark's subgraphs against graphql-js over the same rows: node bench/check-subgraphs.mjs
import { graphql } from 'graphql';
import { SUBGRAPHS } from './graph/subgraphs.mjs';
import { CORPUS } from './subgraphs/check-corpus.mjs';
import { createExecutableSubgraph } from './subgraphs/executable-subgraph.mjs';

const subgraphs = new Map(SUBGRAPHS.map((subgraph) => [subgraph.name, createExecutableSubgraph(subgraph)]));
let wrong = 0;
for (const { subgraph, query, variables, operationName } of CORPUS) {
  const { schema, answer } = subgraphs.get(subgraph);
  const expected = await graphql({ schema, source: query, variableValues: variables, operationName });
  const text = answer({ query, variables, operationName });
  // What a complaint says is not compared: no gateway's answer depends on it.
  const right =
    expected.errors === undefined ? text === JSON.stringify(expected) : text.startsWith('{"errors":[{');
  if (right) continue;
  wrong++;
  console.error(`${subgraph}: ${query}\n  expected ${JSON.stringify(expected)}\n  but is   ${text}`);
}
console.log(`${CORPUS.length - wrong} of ${CORPUS.length} requests are answered as graphql-js answers them.`);
process.exitCode = wrong === 0 ? 0 : 1;

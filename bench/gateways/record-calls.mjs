import { writeFileSync } from 'node:fs';

/**
 * @typedef {{request: string, rounds: import('../subgraphs/call-recorder.mjs').Call[][], answer: string}} Recording
 */

/**
 * Writes down which calls to subgraphs each case causes in one gateway, for the floor. The first pass lets the gateway plan.
 *
 * @param {string} url of the gateway; nobody else may use it
 * @param {import('../subgraphs/subgraph-process.mjs').SubgraphProcess} subgraphs
 * @param {readonly import('../workloads/workloads.mjs').Case[]} cases @param {string} file
 */
export async function recordCalls(url, subgraphs, cases, file) {
  await ask(url, cases[0].body);
  await subgraphs.startRecording();
  /** @type {Recording[]} */
  const recordings = [];
  for (const { body } of cases) {
    const answer = await ask(url, body);
    recordings.push({ request: body, rounds: await subgraphs.takeRecording(), answer });
  }
  await subgraphs.stopRecording();
  writeFileSync(file, JSON.stringify({ origin: subgraphs.origin, recordings }));
}

/** @param {string} url @param {string} body */
async function ask(url, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.text();
}

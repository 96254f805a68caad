import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSubgraphs } from '../subgraphs/subgraph-process.mjs';
import { composeSupergraph } from './compose.mjs';

/**
 * @typedef {object} Graph the benchmark's graph, running
 * @property {import('../subgraphs/subgraph-process.mjs').SubgraphProcess} subgraphs
 * @property {string} supergraphFile with the addresses of these subgraphs
 * @property {string} folder for what else a run writes; goes with this process
 * @property {() => void} close
 */

/** @returns {Promise<Graph>} */
export async function openGraph() {
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-graph-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const subgraphs = await startSubgraphs();
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, composeSupergraph(subgraphs.origin));
  return {
    subgraphs,
    supergraphFile,
    folder,
    close: subgraphs.close,
  };
}

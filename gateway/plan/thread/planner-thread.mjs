import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, printSchema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';

/**
 * The thread that plans, one operation after another, so that a hard one holds up nobody's request. Plain JavaScript:
 * it is loaded as it stands, from sources and from dist. Nothing else loads Apollo's planner.
 *
 * @typedef {{ id: number, document: string, operationName: string | undefined }} PlanJob the document is valid
 * @typedef {{ kind: 'ready', apiSdl: string } | { kind: 'invalid', reason: string }} Opening first message
 * @typedef {{ kind: 'plan', id: number, plan: string, tookMs: number }} Planned `plan` is JSON
 * @typedef {{ kind: 'failed', id: number, reason: string }} Failed the planner refused the operation
 */

const port = parentPort;
if (port === null) throw new Error('planner-thread.mjs runs in a worker thread only');

try {
  const { supergraphSdl, plannedSdl } = workerData;
  const served = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  const supergraph = plannedSdl === supergraphSdl ? served : Supergraph.build(plannedSdl);
  const apiSchema = supergraph.apiSchema();
  // Fetches without named fragments: they are taken apart, and put together, selection by selection.
  const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false, generateQueryFragments: false });
  port.on('message', (/** @type {PlanJob} */ { id, document, operationName }) => {
    const started = performance.now();
    try {
      const operation = operationFromDocument(
        apiSchema,
        parse(document, { noLocation: true }),
        operationName === undefined ? {} : { operationName },
      );
      const { node } = planner.buildQueryPlan(operation);
      // As JSON: plans hold members that cannot be cloned, and share parts that cloning would keep apart.
      const plan = JSON.stringify({ node });
      port.postMessage({ kind: 'plan', id, plan, tookMs: performance.now() - started });
    } catch (error) {
      port.postMessage({
        kind: 'failed',
        id,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  });
  port.postMessage({ kind: 'ready', apiSdl: printSchema(served.apiSchema()) });
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  port.postMessage({ kind: 'invalid', reason });
}

import { workerData } from 'node:worker_threads';
import { operationFromDocument, printSchema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { answerQuestions } from '../../../runtime/thread/answer-questions.mjs';

/**
 * The thread that plans, one operation after another, so that a hard one holds up nobody's request. Nothing else loads
 * Apollo's planner. The first question opens the supergraph.
 *
 * @typedef {{ kind: 'open' }} OpenQuestion
 * @typedef {{ kind: 'plan', document: string }} PlanQuestion the document is valid and has one operation
 * @typedef {{ kind: 'ready', apiSdl: string }} Ready
 * @typedef {{ kind: 'plan', plan: string, tookMs: number }} Planned `plan` is JSON
 */

/** @type {{ apiSchema: import('@apollo/federation-internals').Schema, planner: QueryPlanner } | null} */
let opened = null;

answerQuestions((/** @type {OpenQuestion | PlanQuestion} */ question) =>
  question.kind === 'open' ? open() : plan(question),
);

/** @returns {Ready} */
function open() {
  const { supergraphSdl, plannedSdl } = workerData;
  const served = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  const supergraph = plannedSdl === supergraphSdl ? served : Supergraph.build(plannedSdl);
  // Fetches without named fragments: they are taken apart, and put together, selection by selection.
  const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false, generateQueryFragments: false });
  opened = { apiSchema: supergraph.apiSchema(), planner };
  return { kind: 'ready', apiSdl: printSchema(served.apiSchema()) };
}

/**
 * @param {PlanQuestion} question
 * @returns {Planned}
 */
function plan({ document }) {
  if (opened === null) throw new Error('Cannot plan: the supergraph must be opened first, but is not');
  const started = performance.now();
  const operation = operationFromDocument(opened.apiSchema, parse(document, { noLocation: true }));
  const { node } = opened.planner.buildQueryPlan(operation);
  // As JSON: plans hold members that cannot be cloned, and share parts that cloning would keep apart.
  return { kind: 'plan', plan: JSON.stringify({ node }), tookMs: performance.now() - started };
}

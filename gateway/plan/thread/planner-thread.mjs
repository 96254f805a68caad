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
 * @typedef {{ kind: 'plan', document: string, sdl: string | undefined }} PlanQuestion the document is valid and has one
 *   operation; `sdl`: a supergraph to plan with instead of the graph's own
 * @typedef {{ kind: 'ready', apiSdl: string | null }} Ready `apiSdl` is null where the graph was not to be checked
 * @typedef {{ kind: 'plan', plan: string, tookMs: number }} Planned `plan` is JSON
 */

/** @typedef {{ apiSchema: import('@apollo/federation-internals').Schema, planner: QueryPlanner }} OpenedGraph */

/** @type {OpenedGraph | null} */
let opened = null;
/** The last other supergraph. @type {{ sdl: string, graph: OpenedGraph } | null} */
let other = null;

answerQuestions((/** @type {OpenQuestion | PlanQuestion} */ question) =>
  question.kind === 'open' ? open() : plan(question),
);

/** @returns {Ready} */
function open() {
  const { supergraphSdl, plannedSdl, checks } = workerData;
  if (!checks) {
    opened = openGraph(buildDerived(plannedSdl));
    return { kind: 'ready', apiSdl: null };
  }
  const served = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  opened = openGraph(plannedSdl === supergraphSdl ? served : buildDerived(plannedSdl));
  return { kind: 'ready', apiSdl: printSchema(served.apiSchema()) };
}

/**
 * A supergraph that has been checked, or was made of one that has. Its definitions are kept without their places in the text, which
 * would take a quarter of the thread's memory.
 *
 * @param {string} sdl
 */
function buildDerived(sdl) {
  return Supergraph.build(parse(sdl, { noLocation: true }), { validateSupergraph: false });
}

/**
 * @param {Supergraph} supergraph
 * @returns {OpenedGraph}
 */
function openGraph(supergraph) {
  // Fetches without named fragments: they are taken apart, and put together, selection by selection.
  const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false, generateQueryFragments: false });
  return { apiSchema: supergraph.apiSchema(), planner };
}

/**
 * @param {string} sdl
 * @returns {OpenedGraph}
 */
function openOther(sdl) {
  if (other?.sdl === sdl) return other.graph;
  // One at a time is kept: each takes as much memory as the graph's own.
  other = null;
  const graph = openGraph(buildDerived(sdl));
  other = { sdl, graph };
  return graph;
}

/**
 * @param {PlanQuestion} question
 * @returns {Planned}
 */
function plan({ document, sdl }) {
  if (opened === null) throw new Error('Cannot plan: the supergraph must be opened first, but is not');
  const started = performance.now();
  const { apiSchema, planner } = sdl === undefined ? opened : openOther(sdl);
  const operation = operationFromDocument(apiSchema, parse(document, { noLocation: true }));
  const { node } = planner.buildQueryPlan(operation);
  // As JSON: plans hold members that cannot be cloned, and share parts that cloning would keep apart.
  return { kind: 'plan', plan: JSON.stringify({ node }), tookMs: performance.now() - started };
}

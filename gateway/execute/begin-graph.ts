import { type GuardedSupergraph, readRequirements } from '../access/requirements/read-requirements.js';
import type { PlanFile } from '../plan/kept/kept-plans.js';
import type { PlanBudget } from '../plan/planner-thread.js';
import { type LoadedSupergraph, loadSupergraph } from '../plan/supergraph.js';

/** A graph that is being opened, most of it in the planner's thread. */
export interface BegunGraph {
  /** Rejects with `SupergraphInvalid`, or with why the SDL could not be read. */
  readonly opened: Promise<OpenedGraph>;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface OpenedGraph {
  readonly supergraph: LoadedSupergraph;
  readonly requirements: GuardedSupergraph['requirements'];
}

/** A second of planning is a very wide query; on a busy machine it may take several. */
const PLAN_BUDGET: PlanBudget = { timeMs: 5000, heapMb: 512 };
const PLANNER_THREADS = 2;

/**
 * Begins to open a graph: whoever has its subgraphs to open as well does that meanwhile.
 *
 * @param planFile where plans are kept from run to run; absent: nowhere.
 */
export function beginGraph(readSdl: () => string, planFile?: PlanFile, budget = PLAN_BUDGET): BegunGraph {
  const open = async (): Promise<OpenedGraph> => {
    const { sdl, requirements } = readRequirements(readSdl());
    const pool = { budget, threads: PLANNER_THREADS };
    return { supergraph: await loadSupergraph(sdl, pool, planFile), requirements };
  };
  const opened = open();
  // Nobody may await it yet when it fails; whoever does is told.
  opened.catch(() => undefined);
  return {
    opened,
    close: () =>
      opened.then(
        ({ supergraph }) => supergraph.planners.close(),
        () => undefined,
      ),
  };
}

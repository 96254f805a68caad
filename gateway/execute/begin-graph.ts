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
  return createGraphs(planFile, budget)(readSdl);
}

/** A supergraph that is open, for one who serves it or for several. */
interface Shared {
  readonly sdl: string;
  readonly opened: Promise<OpenedGraph>;
  holders: number;
}

/**
 * Begins to open the graphs that one process serves one after another. One whose supergraph is that of the graph before has its
 * planner as well: files that are read again have most often changed in their mappings alone.
 */
export function createGraphs(
  planFile?: PlanFile,
  budget = PLAN_BUDGET,
): (readSdl: () => string) => BegunGraph {
  let last: Shared | null = null;
  const openAnew = async (sdl: string): Promise<OpenedGraph> => {
    const guarded = readRequirements(sdl);
    const pool = { budget, threads: PLANNER_THREADS };
    return {
      supergraph: await loadSupergraph(guarded.sdl, pool, planFile),
      requirements: guarded.requirements,
    };
  };
  const take = (sdl: string): Shared => {
    if (last === null || last.sdl !== sdl || last.holders === 0)
      last = { sdl, opened: openAnew(sdl), holders: 0 };
    last.holders += 1;
    return last;
  };
  const hold = async (sdl: string): Promise<OpenedGraph> => {
    const shared = take(sdl);
    let isHeld = true;
    const close = async (): Promise<void> => {
      if (!isHeld) return;
      isHeld = false;
      shared.holders -= 1;
      if (shared.holders === 0) await (await shared.opened).supergraph.planners.close();
    };
    try {
      const { supergraph, requirements } = await shared.opened;
      return { supergraph: { ...supergraph, planners: { ...supergraph.planners, close } }, requirements };
    } catch (error) {
      shared.holders -= 1;
      throw error;
    }
  };
  return (readSdl) => {
    const opened = (async () => hold(readSdl()))();
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
  };
}

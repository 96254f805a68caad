import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import { type Joins, readJoins, type SubgraphDefinition } from './joins.js';
import { createPlannerPool, type PlannerPool, type PoolOptions } from './planner-pool.js';
import { type RepairedSupergraph, repairSupergraph } from './repair/repair-supergraph.js';
import { SupergraphInvalid } from './supergraph-invalid.js';

/** A composed graph, read and checked. */
export interface LoadedSupergraph {
  readonly sdl: string;
  readonly subgraphs: readonly SubgraphDefinition[];
  /** What callers see. */
  readonly apiSchema: GraphQLSchema;
  /** How types are spread over the subgraphs. */
  readonly joins: Joins;
  /** The graph as the planner has it. */
  readonly repaired: RepairedSupergraph;
  /** Plans operations over the repaired graph. */
  readonly planners: PlannerPool;
}

/** @throws {SupergraphInvalid} */
export async function loadSupergraph(sdl: string, options: PoolOptions): Promise<LoadedSupergraph> {
  const joins = readSupergraph(sdl);
  const repaired = repairSupergraph(sdl, joins);
  const planners = createPlannerPool({ supergraphSdl: sdl, plannedSdl: repaired.sdl }, options);
  const opened = await planners.opened;
  if (opened.kind === 'invalid') {
    await planners.close();
    throw new SupergraphInvalid(opened.reason);
  }
  return {
    sdl,
    subgraphs: joins.subgraphs,
    apiSchema: buildSchema(opened.apiSdl),
    joins,
    repaired,
    planners,
  };
}

function readSupergraph(sdl: string): Joins {
  try {
    return readJoins(parse(sdl, { noLocation: true }));
  } catch (error) {
    throw new SupergraphInvalid(error instanceof Error ? error.message : String(error), error);
  }
}

import { buildSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { leanSchema } from '../../subgraphs/port/lean-schema.js';
import { type CostDirectives, readCostDirectives } from '../cost/cost-directives.js';
import { type Joins, readJoins, type SubgraphDefinition } from './joins.js';
import { type KeptPlans, openKeptPlans, type PlanFile } from './kept/kept-plans.js';
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
  /** What it says of the cost of its fields. */
  readonly costs: CostDirectives;
  /** The graph as the planner has it. */
  readonly repaired: RepairedSupergraph;
  /** Plans operations over the repaired graph. */
  readonly planners: PlannerPool;
  /** Plans that the planner has made. */
  readonly kept: KeptPlans;
}

/**
 * @param planFile where plans are kept from run to run; with a file of this graph there is no waiting for the planner.
 * @throws {SupergraphInvalid}
 */
export async function loadSupergraph(
  sdl: string,
  options: PoolOptions,
  planFile?: PlanFile,
): Promise<LoadedSupergraph> {
  const { document, joins } = readSupergraph(sdl);
  const repaired = repairSupergraph(sdl, document, joins);
  const graph = { supergraphSdl: sdl, plannedSdl: repaired.sdl };
  const planners = createPlannerPool(graph, options);
  const kept = await openKeptPlans(graph, { ...joins, document }, planFile);
  const confirmed = confirm(planners, kept);
  // Who has the schema already learns of a planner that cannot open the graph when something is to be planned.
  confirmed.catch(() => undefined);
  try {
    const apiSchema = kept.apiSchema ?? leanSchema(buildSchema(await confirmed, { noLocation: true }));
    const costs = readCostDirectives(document);
    return { sdl, subgraphs: joins.subgraphs, apiSchema, joins, costs, repaired, planners, kept };
  } catch (error) {
    await planners.close();
    throw error;
  }
}

/** @returns what callers see, as the planner's thread prints it. */
async function confirm({ opened }: PlannerPool, kept: KeptPlans): Promise<string> {
  const answer = await opened;
  if (answer.kind === 'invalid' || answer.apiSdl === null)
    throw new SupergraphInvalid(answer.kind === 'invalid' ? answer.reason : 'the planner gave no schema');
  kept.confirm(answer.apiSdl);
  return answer.apiSdl;
}

/** Its document is 10 MB: it is not kept. */
function readSupergraph(sdl: string): { readonly document: DocumentNode; readonly joins: Joins } {
  try {
    const document = parse(sdl, { noLocation: true });
    return { document, joins: readJoins(document) };
  } catch (error) {
    throw new SupergraphInvalid(error instanceof Error ? error.message : String(error), error);
  }
}

import type { OperationDefinitionNode } from 'graphql';
import type { Joins } from '../../plan/joins.js';

/** What a plan's requests are compiled with. */
export interface FetchPlanOptions {
  /** What the caller asks for: its kind, and the directives of its variables, which the planner drops. */
  readonly operation: Pick<OperationDefinitionNode, 'operation' | 'variableDefinitions'>;
  readonly joins: Joins;
  /** Starts no response name of the operation. */
  readonly prefix: string;
  /** Whether fetches of one subgraph that can run together are one request. */
  readonly batches: boolean;
}

import type { OperationTypeNode } from 'graphql';
import type { Joins } from '../../plan/joins.js';

/** What a plan's requests are compiled with. */
export interface FetchPlanOptions {
  readonly operationType: OperationTypeNode;
  readonly joins: Joins;
  /** Starts no response name of the operation. */
  readonly prefix: string;
  /** Whether fetches of one subgraph that can run together are one request. */
  readonly batches: boolean;
}

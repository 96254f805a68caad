import type { GraphQLError } from 'graphql';
import type { SubgraphResult } from '../../subgraphs/port/subgraph-port.js';
import { catalogueCodeOf } from './public-error.js';

/** What metrics say of a call to a subgraph: `ok`; `partial` for data with errors; else the code of the first error. */
export function callOutcome(
  { data }: Pick<SubgraphResult, 'data'>,
  firstError: GraphQLError | undefined,
): string {
  if (firstError === undefined) return 'ok';
  return data === null || data === undefined ? (catalogueCodeOf(firstError) ?? 'INTERNAL') : 'partial';
}

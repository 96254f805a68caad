import type { OperationTypeNode } from 'graphql';
import type { Joins } from '../../plan/joins.js';
import type { QueryPlan } from '../../plan/query-plan.js';
import { compileStep } from './compile-step.js';
import type { FetchPlan, FetchSite } from './fetch-plan.js';
import { groupSites } from './group-sites.js';
import { listSites } from './plan-sites.js';

export interface FetchPlanOptions {
  readonly operationType: OperationTypeNode;
  readonly joins: Joins;
  /** Starts no response name of the operation. */
  readonly prefix: string;
  /** Whether fetches of one subgraph that can run together are one request. */
  readonly batches: boolean;
}

/** Compiles a plan: which requests, what waits for what, how each is built and its answer taken in. */
export function compileFetchPlan(plan: QueryPlan, options: FetchPlanOptions): FetchPlan {
  const inOrder = options.operationType !== 'query';
  const planned = listSites(plan.node, { inOrder });
  const groups = groupSites(planned, { batches: options.batches && !inOrder });
  const stepOf = new Map(groups.flatMap((group, step) => group.map((site) => [site, step] as const)));
  const sites = planned.map(
    ({ waitsFor }, index): FetchSite => ({
      index,
      step: stepOf.get(index) ?? 0,
      waits: waitsFor.length,
      releases: planned.flatMap((other, place) => (other.waitsFor.includes(index) ? [place] : [])),
    }),
  );
  const chains = countChains(sites);
  const steps = groups.map((group, index) => {
    const stepsAfter = Math.max(...group.map((site) => chains[site] ?? 0));
    return compileStep({ index, stepsAfter, group, planned, options });
  });
  return { sites, steps };
}

/** For each site, the longest chain of sites that wait for it. */
function countChains(sites: readonly FetchSite[]): readonly number[] {
  const chains: number[] = sites.map(() => 0);
  // Whoever waits stands behind what it waits for.
  for (const { index, releases } of sites.toReversed()) {
    chains[index] = releases.reduce((longest, next) => Math.max(longest, (chains[next] ?? 0) + 1), 0);
  }
  return chains;
}

import type { QueryPlan } from '../../plan/query-plan.js';
import { batchGroups } from './batch-groups.js';
import { compileRequest } from './compile-request.js';
import type { FetchGroup, FetchPlan } from './fetch-plan.js';
import type { FetchPlanOptions } from './fetch-plan-options.js';
import { listGroups } from './planned-groups.js';
import { withoutRootTypeNames } from './root-type-names.js';

/** Compiles a plan: which requests, what waits for what, how each is built and its answer taken in. */
export function compileFetchPlan(plan: QueryPlan, options: FetchPlanOptions): FetchPlan {
  const inOrder = options.operation.operation !== 'query';
  const planned = listGroups(plan.node, { inOrder }).map((group) => ({
    ...group,
    operation: withoutRootTypeNames(group.operation, options.joins),
  }));
  const batched = batchGroups(planned, { batches: options.batches && !inOrder });
  const requestOf = new Map(
    batched.flatMap((batch, request) => batch.map((group) => [group, request] as const)),
  );
  const levels = batched.map((batch) => Math.max(...batch.map((group) => planned[group]?.level ?? 0)));
  const groups = planned.map(
    ({ waitsFor, level }, index): FetchGroup => ({
      index,
      request: requestOf.get(index) ?? 0,
      isEarly: level < (levels[requestOf.get(index) ?? 0] ?? 0),
      waits: waitsFor.length,
      releases: planned.flatMap((other, place) => (other.waitsFor.includes(index) ? [place] : [])),
    }),
  );
  const chains = countChains(groups);
  const requests = batched.map((batch, index) => {
    const requestsAfter = Math.max(...batch.map((group) => chains[group] ?? 0));
    return compileRequest({ index, requestsAfter, batch, planned, options });
  });
  return { groups, requests };
}

/** For each group, the longest chain of groups that wait for it. */
function countChains(groups: readonly FetchGroup[]): readonly number[] {
  const chains: number[] = groups.map(() => 0);
  // A group stands behind the groups that it waits for.
  for (const { index, releases } of groups.toReversed()) {
    chains[index] = releases.reduce((longest, next) => Math.max(longest, (chains[next] ?? 0) + 1), 0);
  }
  return chains;
}

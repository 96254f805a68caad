import type { OperationDefinitionNode } from 'graphql';
import { asksEntities, operationOf } from '../../plan/fetch-operation.js';
import type { FetchNode, PlanNode } from '../../plan/query-plan.js';
import { type FieldPaths, neededPaths, writtenPaths } from './field-paths.js';

/** One fetch of a plan: what is fetched, and for the objects at which path. */
export interface PlannedGroup {
  readonly fetch: FetchNode;
  readonly operation: OperationDefinitionNode;
  /** Whether it asks for entities; else for fields of a root type. */
  readonly isOfEntities: boolean;
  /** Response names, `@` for every element of a list; empty for the root. */
  readonly path: readonly string[];
  /** Places among the plan's groups whose answers this one needs. */
  readonly waitsFor: readonly number[];
  /** Longest chain of groups that this one waits for. */
  readonly level: number;
  /** What the fetch adds to the answer: where, and by which field with which arguments. */
  readonly writes: FieldPaths;
}

/**
 * The fetches of a plan, and which answers each of them needs. A fetch does not wait for an earlier one of the plan's
 * sequence whose answer it does not use.
 *
 * @param inOrder keeps the sequence all the same: for mutations.
 */
export function listGroups(
  node: PlanNode | undefined,
  { inOrder }: { readonly inOrder: boolean },
): PlannedGroup[] {
  const groups: PlannedGroup[] = [];
  if (node !== undefined) visitNode(node, { path: [], before: [] }, { groups, inOrder });
  return groups;
}

interface Surroundings {
  readonly path: readonly string[];
  /** Sites that the plan's order puts before. */
  readonly before: readonly number[];
}

interface Listing {
  readonly groups: PlannedGroup[];
  readonly inOrder: boolean;
}

/** @returns the groups of the node. */
function visitNode(node: PlanNode, around: Surroundings, listing: Listing): readonly number[] {
  switch (node.kind) {
    case 'Fetch':
      return [addGroup(node, around, listing)];
    case 'Flatten':
      return visitNode(node.node, { ...around, path: [...around.path, ...node.path.map(String)] }, listing);
    case 'Parallel':
      return node.nodes.flatMap((child) => visitNode(child, around, listing));
    case 'Sequence': {
      const own: number[] = [];
      for (const child of node.nodes) {
        own.push(...visitNode(child, { ...around, before: [...around.before, ...own] }, listing));
      }
      return own;
    }
  }
}

function addGroup(fetch: FetchNode, around: Surroundings, { groups, inOrder }: Listing): number {
  const { path, before } = around;
  const operation = operationOf(fetch);
  const needs = neededPaths(path, fetch.requires);
  // A rewrite changes names on the way; such plans keep their order.
  const keepsOrder = inOrder || before.some((index) => groups[index]?.fetch.outputRewrites !== undefined);
  const waitsFor = before.filter((index) => {
    const earlier = groups[index];
    if (earlier === undefined) return false;
    return keepsOrder || [...needs].some((needed) => earlier.writes.has(needed));
  });
  const level = waitsFor.reduce((highest, index) => Math.max(highest, (groups[index]?.level ?? 0) + 1), 0);
  const isOfEntities = asksEntities(operation);
  const writes = writtenPaths(path, operation, isOfEntities);
  return groups.push({ fetch, operation, isOfEntities, path, waitsFor, level, writes }) - 1;
}

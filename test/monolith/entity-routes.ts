import { Kind, type SelectionSetNode } from 'graphql';
import type { JoinedType } from './supergraph-joins.js';

/** How an object that one subgraph gave is made known to another. */
interface EntityRoute {
  readonly key: SelectionSetNode;
  /** Subgraphs that tell the key's fields; those that are met first come first. */
  readonly from: readonly string[];
}

/** Subgraphs that can be entered with an object of `origin`; `origin` itself too, to be told more of it. */
export function findRoutes(type: JoinedType, origin: string): ReadonlyMap<string, EntityRoute> {
  const routes = new Map<string, EntityRoute>();
  const reached = [origin];
  const enter = (graph: string): boolean => {
    const key = type.keys.get(graph)?.find((candidate) => isTold(type, candidate, reached));
    if (key === undefined) return false;
    routes.set(graph, { key, from: [...reached] });
    return true;
  };
  for (let found = true; found; ) {
    const next = [...type.keys.keys()].find((graph) => !reached.includes(graph) && enter(graph));
    found = next !== undefined;
    if (next !== undefined) reached.push(next);
  }
  enter(origin);
  return routes;
}

function isTold(type: JoinedType, key: SelectionSetNode, by: readonly string[]): boolean {
  return key.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    return type.fields.get(selection.name.value)?.owners.some((owner) => by.includes(owner)) ?? false;
  });
}

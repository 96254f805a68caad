import { join } from 'node:path';

/** The subgraph that has no interfaces of its own: it merges those of all others. */
export const HUB = 'hub';
/** The subgraph whose fields are resolved by code of its own beside its interfaces. */
export const REGISTRY = 'registry';

/** Where departments have their folders, relative to the project. */
export const DEPARTMENTS = join('subgraphs', 'departments');

/** Where a subgraph keeps its SDL and mappings, relative to the project: `subgraphs/departments/market`. */
export function subgraphFolder(name: string): string {
  return name === HUB || name === REGISTRY ? join('subgraphs', name) : join(DEPARTMENTS, name);
}

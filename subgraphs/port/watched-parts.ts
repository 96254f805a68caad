/** What has incidents besides interfaces. */
export interface WatchedPart {
  /** As incidents name it: `disk.hub`, `history.hub`, `subgraph.market`. */
  readonly name: string;
  /** Chinese first. */
  readonly title: string;
  /** Whose it is; null: the data centre's alone. */
  readonly department: string | null;
}

/** The process that serves a whole county, with those that follow it. */
export const GATEWAY_PROCESS = 'gateway';

/** The disk that the state folder of a process is on. @param process a subgraph's name, or `GATEWAY_PROCESS`. */
export function diskOf(process: string): WatchedPart {
  return { name: `disk.${process}`, title: `磁盘 Disk · ${process}`, department: null };
}

/** The history of what a process observes. @param process a subgraph's name, or `GATEWAY_PROCESS`. */
export function historyOf(process: string): WatchedPart {
  return { name: `history.${process}`, title: `观测历史 History · ${process}`, department: null };
}

/** A subgraph in a process of its own. */
export function subgraphProcess(name: string): WatchedPart {
  return { name: `subgraph.${name}`, title: `子图进程 Subgraph · ${name}`, department: null };
}

/** All that there may be beside a county's departments. @param subgraphs names of all of them. */
export function partsOf(subgraphs: readonly string[]): readonly WatchedPart[] {
  return [
    ...[GATEWAY_PROCESS, ...subgraphs].flatMap((name) => [diskOf(name), historyOf(name)]),
    ...subgraphs.map(subgraphProcess),
  ];
}

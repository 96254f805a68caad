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

/** What names of parts begin with, before the dot; no interface may be named so. */
export const PART_PREFIXES = ['disk', 'history', 'subgraph'] as const;

/** Whether incidents could not tell what has this name from a part. */
export function isNamedLikePart(name: string): boolean {
  return PART_PREFIXES.some((prefix) => name.startsWith(`${prefix}.`));
}

function partOf(prefix: (typeof PART_PREFIXES)[number], of: string, title: string): WatchedPart {
  return { name: `${prefix}.${of}`, title: `${title} · ${of}`, department: null };
}

/** The disk that the state folder of a process is on. @param process a subgraph's name, or `GATEWAY_PROCESS`. */
export function diskOf(process: string): WatchedPart {
  return partOf('disk', process, '磁盘 Disk');
}

/** The history of what a process observes. @param process a subgraph's name, or `GATEWAY_PROCESS`. */
export function historyOf(process: string): WatchedPart {
  return partOf('history', process, '观测历史 History');
}

/** A subgraph in a process of its own. */
export function subgraphProcess(name: string): WatchedPart {
  return partOf('subgraph', name, '子图进程 Subgraph');
}

/** All that there may be beside a county's departments. @param subgraphs names of all of them. */
export function partsOf(subgraphs: readonly string[]): readonly WatchedPart[] {
  return [
    ...[GATEWAY_PROCESS, ...subgraphs].flatMap((name) => [diskOf(name), historyOf(name)]),
    ...subgraphs.map(subgraphProcess),
  ];
}

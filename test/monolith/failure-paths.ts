export type Path = readonly (string | number)[];

/** Response names hold no dots, so that texts are equal exactly when paths are. */
export function pathText(path: Path): string {
  return path.join('.');
}

/** A field failed that the caller did not ask for: another subgraph required it. */
export interface RequiredFailure {
  /** The object's path. */
  readonly object: Path;
  readonly field: string;
}

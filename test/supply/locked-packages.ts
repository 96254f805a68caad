import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';

/** One folder of node_modules, as package-lock.json describes it. */
export interface LockedPackage {
  readonly name: string;
  /** Relative to the project: `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  /** Needed for development alone. */
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Every package of the lockfile but the project itself. */
export function lockedPackages(): readonly LockedPackage[] {
  const lock = JSON.parse(readFileSync(join(findProjectRoot(), 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Omit<LockedPackage, 'path'> & { readonly name?: string }>>;
  };
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      ...entry,
      path,
      // An alias has a name of its own; every other package is named by its folder.
      name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    }));
}

export function productionPackages(): readonly LockedPackage[] {
  return lockedPackages().filter(({ dev }) => dev !== true);
}

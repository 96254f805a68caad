import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../runtime/yaml/problem.js';
import type { DepartmentFiles } from '../engine/department.js';
import { HUB, subgraphFolder } from '../subgraph-folder.js';
import { sdlProblems } from './sdl-problems.js';
import { filesFor, type PlacedSdl, placedSdl } from './subgraph-sdl.js';

/** What a subgraph is served by. */
interface ServedSdl {
  /** Null: nothing usable, neither composed nor in the folder. */
  readonly text: string | null;
  /** Errors: the folder's SDL cannot be used. Warnings: it can, but is not what was composed. */
  readonly problems: readonly Problem[];
}

/**
 * The SDL that a subgraph serves: the one that the supergraph was composed from, so that callers' schema changes by
 * composition alone and never by a mistake in one department's file. Before the first composition, the folder's own.
 *
 * @param files see `placedSdl`.
 */
export function servedSdl(root: string, name: string, files = filesFor(root, name)): ServedSdl {
  const own = ownSdl(root, name, files);
  const committed = readIfThere(join(root, composedFile(name)));
  if (own !== null && own.text === committed) return { text: committed, problems: [] };
  const spoilt = committed === null ? [] : sdlProblems(generated(name, committed));
  const composed = spoilt.length > 0 ? null : committed;
  if (own === null) return { text: composed, problems: spoilt };
  const problems = sdlProblems(own);
  if (problems.length > 0) return { text: composed, problems: [...spoilt, ...problems] };
  if (composed === null) return { text: own.text, problems: spoilt.map(asWarning) };
  // A department's mistake leaves the filters by its facets out: that is no change of the hub's own.
  const isOwnChange = name !== HUB || files.every((one) => one.problems.length === 0);
  return { text: composed, problems: isOwnChange ? [notComposed(name)] : [] };
}

function generated(name: string, text: string): PlacedSdl {
  return { text, placeOf: (line, column) => ({ file: composedFile(name), line, column }) };
}

/** The folder's own SDL is sound: nothing is missing because of it. */
function asWarning(problem: Problem): Problem {
  return { ...problem, severity: 'warning' };
}

export function composedFile(name: string): string {
  return join('schema', 'subgraphs', `${name}.graphql`);
}

function ownSdl(root: string, name: string, files: readonly DepartmentFiles[]): PlacedSdl | null {
  if (!existsSync(join(root, subgraphFolder(name), 'schema.graphql'))) return null;
  return placedSdl(root, name, files);
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function notComposed(name: string): Problem {
  return {
    rule: 'stale-schema',
    severity: 'warning',
    place: { file: join(subgraphFolder(name), 'schema.graphql'), line: 1, column: 1 },
    zh: '自上次合成后有改动，仍按合成时的模式服务，请运行 npm run compose。',
    en: 'This changed since the last composition; what was composed is served: run npm run compose.',
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse } from 'graphql';
import { USUAL_DEADLINE } from '../runtime/call/request-deadline.js';
import { MappingError, type Problem, withoutRepeats } from '../runtime/yaml/problem.js';
import { composedSubgraphs, listSubgraphs, type RoverListing } from '../subgraphs/compose/rover-config.js';
import { servedSdl } from '../subgraphs/compose/served-sdl.js';
import { breakDepartment } from '../subgraphs/engine/broken-interface.js';
import { enumsOf, type LintWorld } from '../subgraphs/engine/check/lint.js';
import { type JudgedDepartment, setAsideAll, setAsideFaulty } from '../subgraphs/engine/check/set-aside.js';
import { type DepartmentFiles, readDepartment, readSdl } from '../subgraphs/engine/department.js';
import { objectTypes } from '../subgraphs/engine/mapping/facet-path.js';
import { ROW_KINDS } from '../subgraphs/kinds/kinds.js';
import { HUB, subgraphFolder } from '../subgraphs/subgraph-folder.js';
import { type CodeFolder, loadCodeLists } from '../subgraphs/values/codes/code-lists.js';

/** One subgraph of a county, ready to be opened. */
export interface CountySubgraph {
  readonly name: string;
  /** What it serves; null when nothing was composed yet and its folder has nothing usable. */
  readonly sdl: string | null;
  readonly document: DocumentNode | null;
  /** Null for the hub, which has no interfaces. */
  readonly department: JudgedDepartment | null;
  /** What is wrong in its folder. */
  readonly problems: readonly Problem[];
}

/** What the files of a county say. */
export interface CountyFiles {
  /** Subgraphs in the order of `rover.yaml`, and those of the supergraph that it no longer names. */
  readonly subgraphs: readonly CountySubgraph[];
  readonly canonical: DocumentNode;
  readonly codes: CodeFolder;
  readonly listing: RoverListing;
  /** Every finding; warnings too. */
  readonly problems: readonly Problem[];
}

interface ReadOptions {
  /** Folders that `rover.yaml` does not name are read too. Default: only if the supergraph has them. */
  readonly withUnnamed?: boolean;
  /** The most that a caller may wait for an answer. Default: as usual. */
  readonly mostMs?: number;
}

/** @param name of a subgraph. @returns the connections that its mappings may name; null: any. */
type ConnectionsOf = (name: string) => LintWorld['connections'];

/**
 * Reads what a county is made of. A mistake in the files of one department costs that department's interfaces.
 *
 * @throws {MappingError} when what all share cannot be read: the canonical schema, townships.
 */
export function readCounty(
  root: string,
  connectionsOf: ConnectionsOf,
  { withUnnamed = false, mostMs = USUAL_DEADLINE.mostMs }: ReadOptions = {},
): CountyFiles {
  const listing = listSubgraphs(root);
  const composed = composedSubgraphs(root);
  const named = listing.names ?? composed;
  // A subgraph with a wrong entry, or none, is still part of what callers see if it was composed.
  const unnamed = withUnnamed ? [...listing.faults.keys()] : [];
  const here = [...named, ...unnamed].filter((name) => hasFolder(root, name));
  const names = [...new Set([...here, ...composed])];
  const canonical = readCanonical(root);
  const files = new Map(
    names.filter((name) => name !== HUB).map((name) => [name, readDepartment(root, name)]),
  );
  const enums = enumsOf(canonical, ...[...files.values()].map(({ document }) => document));
  const codes = loadCodeLists(join(root, 'schema', 'codes'), enums, root);
  const listed = listing.subgraphs.flatMap(({ name }) => files.get(name) ?? []);
  const subgraphs = names.map((name): CountySubgraph => {
    const own = files.get(name);
    const served = servedSdl(root, name, own === undefined ? listed : [own]);
    const document = served.text === null ? null : parse(served.text, { noLocation: true });
    if (own === undefined) {
      return { name, sdl: served.text, document, department: null, problems: served.problems };
    }
    const entry =
      hasFolder(root, name) && named.includes(name) ? [] : (listing.faults.get(name) ?? [notNamed(name)]);
    const world = { ...codes, enums, connections: connectionsOf(name), mostMs };
    const department = judge(own, { entry, sdl: served.problems, document }, world);
    return { name, sdl: served.text, document, department, problems: department.problems };
  });
  const faultyLists = [...codes.faultyLists.values()].flat();
  return {
    subgraphs,
    canonical,
    codes,
    listing,
    problems: withoutRepeats([
      ...listing.problems,
      ...faultyLists,
      ...subgraphs.flatMap(({ problems }) => problems),
    ]),
  };
}

/** @throws {MappingError} when it cannot be read: it is part of every subgraph. */
function readCanonical(root: string): DocumentNode {
  const file = join('schema', 'canonical.graphql');
  const parsed = readSdl(join(root, file), file);
  if (parsed.document === null) throw new MappingError(parsed.problems);
  return parsed.document;
}

interface Findings {
  /** What is wrong with its entry or its folder as a whole. */
  readonly entry: readonly Problem[];
  readonly sdl: readonly Problem[];
  readonly document: DocumentNode | null;
}

function judge(
  files: DepartmentFiles,
  { entry, sdl, document }: Findings,
  world: LintWorld,
): JudgedDepartment {
  const judged = setAsideFaulty(files, world);
  if (entry.length > 0) {
    const hasFiles = files.mappings.length + files.broken.length > 0;
    if (hasFiles) return setAsideAll(judged, files, 'entry', entry);
    const broken = breakDepartment(files.name, kindsIn(document), entry);
    return { name: files.name, mappings: [], broken, problems: entry };
  }
  const isParsed = files.document !== null;
  const errors = isParsed ? sdl.filter(({ severity }) => severity === 'error') : files.sdlProblems;
  if (errors.length > 0) return setAsideAll(judged, files, 'schema', errors);
  return { ...judged, problems: [...judged.problems, ...sdl] };
}

/** The kinds to whose rows a department's SDL adds a facet. */
function kindsIn(document: DocumentNode | null): typeof ROW_KINDS {
  const types = document === null ? null : objectTypes(document);
  return ROW_KINDS.filter((kind) => types?.has(kind) === true);
}

function hasFolder(root: string, name: string): boolean {
  return existsSync(join(root, subgraphFolder(name)));
}

function notNamed(name: string): Problem {
  return {
    rule: 'unnamed-subgraph',
    severity: 'error',
    place: { file: 'rover.yaml', line: 1, column: 1 },
    zh: `超图中有 ${name}，但 rover.yaml 没有列出。`,
    en: `The supergraph has ${name}, but rover.yaml does not name it.`,
  };
}

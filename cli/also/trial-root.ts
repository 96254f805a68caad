import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Problem } from '../../runtime/yaml/problem.js';
import { composeSupergraph } from '../../subgraphs/compose/compose-supergraph.js';
import { composedFile } from '../../subgraphs/compose/served-sdl.js';
import { subgraphFolder } from '../../subgraphs/subgraph-folder.js';
import type { AlsoDepartment } from './read-also.js';

/** A copy of a county's files with departments beside its own. */
export interface TrialRoot {
  readonly root: string;
  /** What keeps departments from being composed: callers do not see these. */
  readonly problems: readonly Problem[];
  /** A problem with the place that its reader knows: the department's own folder, not the copy. */
  shown(problem: Problem): Problem;
  close(): void;
}

/**
 * Copies what a county is opened from (`rover.yaml`, schemas, code lists, SDL and mappings; no code) and adds
 * departments, one after the other: one that does not compose stays out of the schema and costs the others nothing.
 */
export function openTrialRoot(project: string, departments: readonly AlsoDepartment[]): TrialRoot {
  const root = mkdtempSync(join(tmpdir(), 'enforcement-graph-also-'));
  copyCounty(project, root);
  const shown = (problem: Problem): Problem => showFrom(problem, departments);
  const refused = departments.map((department) => ({
    ...department,
    problems: addDepartment(root, department),
  }));
  const problems = refused.flatMap((department) => department.problems).map(shown);
  // Their interfaces are told to be missing all the same.
  for (const department of refused) if (department.problems.length > 0) putInPlace(root, department);
  return { root, problems, shown, close: () => rmSync(root, { recursive: true, force: true }) };
}

function copyCounty(project: string, root: string): void {
  cpSync(join(project, 'rover.yaml'), join(root, 'rover.yaml'));
  cpSync(join(project, 'schema'), join(root, 'schema'), { recursive: true });
  const subgraphs = join(project, 'subgraphs');
  for (const entry of readdirSync(subgraphs, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(graphql|ya?ml)$/.test(entry.name)) continue;
    const copy = join(root, relative(project, entry.parentPath), entry.name);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(entry.parentPath, entry.name), copy);
  }
}

/** Port 9 is nobody's: all subgraphs of a trial run in one process. */
function entryOf(name: string): string {
  const file = `./${composedFile(name)}`;
  return `  ${name}:\n    routing_url: http://127.0.0.1:9/graphql\n    schema:\n      file: ${file}\n`;
}

/** @returns why the department could not be composed; empty when it was. */
function addDepartment(root: string, department: AlsoDepartment): readonly Problem[] {
  const rover = join(root, 'rover.yaml');
  const before = readFileSync(rover, 'utf8');
  putInPlace(root, department);
  const composition = composeSupergraph(root);
  if (composition.kind === 'refused') {
    writeFileSync(rover, before);
    rmSync(join(root, subgraphFolder(department.name)), { recursive: true });
    return composition.problems;
  }
  for (const [file, text] of composition.files) writeFileSync(join(root, file), text);
  return [];
}

function putInPlace(root: string, { name, folder }: AlsoDepartment): void {
  cpSync(folder, join(root, subgraphFolder(name)), { recursive: true });
  const codes = join(folder, 'codes');
  if (existsSync(codes)) cpSync(codes, join(root, 'schema', 'codes', name), { recursive: true });
  appendFileSync(join(root, 'rover.yaml'), `\n${entryOf(name)}`);
}

function showFrom(problem: Problem, departments: readonly AlsoDepartment[]): Problem {
  const { file } = problem.place;
  for (const { name, folder } of departments) {
    const inFolder = after(file, `${subgraphFolder(name)}/`);
    const inCodes = after(file, `schema/codes/${name}/`);
    const own = inFolder ?? (inCodes === null ? null : join('codes', inCodes));
    if (own !== null) {
      const shown = relative(process.cwd(), join(folder, own));
      return { ...problem, place: { ...problem.place, file: shown } };
    }
  }
  return problem;
}

function after(text: string, start: string): string | null {
  return text.startsWith(start) ? text.slice(start.length) : null;
}

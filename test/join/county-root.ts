import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { parseDocument } from 'yaml';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { composeSupergraph } from '../../subgraphs/compose/compose-supergraph.js';
import { listSubgraphs } from '../../subgraphs/compose/rover-config.js';
import { subgraphFolder } from '../../subgraphs/subgraph-folder.js';
import { oncePerRun } from '../run/once-per-run.js';
import { demoAccesses } from './demo-accesses.js';

/**
 * What a county is opened from: `rover.yaml`, the schemas and code lists, departments' SDL and mappings. No code, and of
 * the departments those of the demo.
 *
 * @param without departments of the demo that this county lacks.
 */
export function copyCountyRoot({ without = [] }: { readonly without?: readonly string[] } = {}): string {
  const project = findProjectRoot();
  const root = mkdtempSync(join(tmpdir(), 'eg-root-'));
  cpSync(join(project, 'schema'), join(root, 'schema'), { recursive: true });
  const others = [...foreignSubgraphs(project), ...without];
  for (const file of listFiles(join(project, 'subgraphs'))) {
    const [first = '', department = ''] = file.split(sep);
    if (!/\.(graphql|yaml)$/.test(file) || (first === 'departments' && others.includes(department))) continue;
    const copy = join(root, 'subgraphs', file);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(project, 'subgraphs', file), copy);
  }
  writeFileSync(join(root, 'rover.yaml'), roverWithout(project, others));
  for (const name of others) {
    rmSync(join(root, 'schema', 'codes', name), { recursive: true, force: true });
    rmSync(join(root, 'schema', 'subgraphs', `${name}.graphql`), { force: true });
  }
  if (others.length > 0) generateSchemas(root);
  return root;
}

/** The project, or a copy with the demo's departments alone where the tree has more; made once per run. */
export async function demoCountyRoot(): Promise<string> {
  const project = findProjectRoot();
  if (foreignSubgraphs(project).length === 0) return project;
  return oncePerRun('demo-county-root', async () => copyCountyRoot());
}

/** Departments of which the demo county has no systems that a test could ask. */
function foreignSubgraphs(project: string): readonly string[] {
  const demo = demoAccesses();
  return (listSubgraphs(project).names ?? []).filter((name) => {
    const connections = connectionsOf(join(project, subgraphFolder(name)));
    return connections.length > 0 && !connections.some((connection) => demo.has(connection));
  });
}

/** Connections that the mappings of a folder name. */
function connectionsOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap(
      (file) =>
        /^\s*(?:source: \{ )?connection: ([\w-]+)/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? [],
    );
}

function roverWithout(project: string, names: readonly string[]): string {
  const text = readFileSync(join(project, 'rover.yaml'), 'utf8');
  if (names.length === 0) return text;
  const document = parseDocument(text);
  for (const name of names) document.deleteIn(['subgraphs', name]);
  return String(document);
}

/** Puts a department's files in place, names it in `rover.yaml`, and generates the schemas. */
export function addDepartment(root: string, name: string, files: string): void {
  cpSync(files, root, { recursive: true });
  appendFileSync(
    join(root, 'rover.yaml'),
    [
      `  ${name}:`,
      '    routing_url: http://127.0.0.1:4190/graphql',
      '    schema:',
      `      file: ./schema/subgraphs/${name}.graphql`,
      '',
    ].join('\n'),
  );
  generateSchemas(root);
}

/** @throws {Error} when the subgraphs do not compose. */
export function generateSchemas(root: string): void {
  const composition = composeSupergraph(root);
  if (composition.kind === 'refused') throw new Error(composition.problems.map(formatProblem).join('\n'));
  for (const [path, text] of composition.files) writeFileSync(join(root, path), text);
}

/** Every file's text, by its path below the root. */
export function readTree(root: string): ReadonlyMap<string, string> {
  return new Map(listFiles(root).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** Relative to the folder, sorted. */
function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

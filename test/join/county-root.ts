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
import { oncePerRun } from '../run/once-per-run.js';

/** Subgraphs of the demo county; what else is in the tree has no systems that a test could ask. */
const OF_THE_DEMO: ReadonlySet<string> = new Set([
  'hub',
  'registry',
  'market',
  'marine',
  'supervision',
  'cases',
  'health',
  'culture',
  'hotline',
  'transport',
  'environment',
  'people',
  'catalogue',
  'grassroots',
  'city',
]);

/**
 * What a county is opened from: `rover.yaml`, the schemas and code lists, departments' SDL and mappings. No code, and of
 * the departments those of the demo.
 */
export function copyCountyRoot(): string {
  const project = findProjectRoot();
  const root = mkdtempSync(join(tmpdir(), 'eg-root-'));
  cpSync(join(project, 'schema'), join(root, 'schema'), { recursive: true });
  for (const file of listFiles(join(project, 'subgraphs'))) {
    const [first = '', department = ''] = file.split(sep);
    if (!/\.(graphql|yaml)$/.test(file) || (first === 'departments' && !OF_THE_DEMO.has(department)))
      continue;
    const copy = join(root, 'subgraphs', file);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(project, 'subgraphs', file), copy);
  }
  const others = foreignSubgraphs(project);
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

function foreignSubgraphs(project: string): readonly string[] {
  return (listSubgraphs(project).names ?? []).filter((name) => !OF_THE_DEMO.has(name));
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

import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { composeSupergraph } from '../../subgraphs/compose/compose-supergraph.js';

/** What a county is opened from: `rover.yaml`, the schemas and code lists, departments' SDL and mappings. No code. */
export function copyCountyRoot(): string {
  const project = findProjectRoot();
  const root = mkdtempSync(join(tmpdir(), 'eg-root-'));
  cpSync(join(project, 'rover.yaml'), join(root, 'rover.yaml'));
  cpSync(join(project, 'schema'), join(root, 'schema'), { recursive: true });
  for (const file of listFiles(join(project, 'subgraphs'))) {
    if (!/\.(graphql|yaml)$/.test(file)) continue;
    const copy = join(root, 'subgraphs', file);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(project, 'subgraphs', file), copy);
  }
  return root;
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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nearestWord } from '../../runtime/nearest-word.js';
import { type Place, parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { MappingError, type Problem } from '../../runtime/yaml/problem.js';
import { readTextFile } from '../../runtime/yaml/read-text-file.js';
import { describeYamlIssues, syntaxProblems } from '../../runtime/yaml/yaml-problems.js';
import { DEPARTMENTS, subgraphFolder } from '../subgraph-folder.js';

const FILE = 'rover.yaml';

const entryGrammar = z.strictObject({
  routing_url: z.url(),
  schema: z.strictObject({ file: z.string() }),
});
const grammar = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, {
      error: '小写字母、数字和连字符组成的名称 | a name of lower-case letters, digits and dashes',
    }),
    entryGrammar,
  ),
});

export interface RoverSubgraph {
  readonly name: string;
  readonly routingUrl: string;
  /** Relative to the configuration. */
  readonly schemaFile: string;
  readonly place: Place;
}

/** What `rover.yaml` says, and what is wrong with it. */
export interface RoverListing {
  /** In the file's order; those whose entries have errors are left out. */
  readonly subgraphs: readonly RoverSubgraph[];
  /** Every name that stands in the file, that of a wrong entry too; null when the file cannot be read as YAML. */
  readonly names: readonly string[] | null;
  readonly problems: readonly Problem[];
  /** Those that are about a subgraph without an entry or without a folder, by its name. */
  readonly faults: ReadonlyMap<string, readonly Problem[]>;
}

/**
 * The subgraphs that a `rover.yaml` names, in its order.
 *
 * @throws {MappingError} that says where the file is not as `rover supergraph compose` expects it
 */
export function readRoverConfig(file: string): readonly RoverSubgraph[] {
  const { subgraphs, problems } = parseRoverConfig(file);
  if (problems.length > 0) throw new MappingError(problems);
  return subgraphs;
}

/** What `rover.yaml` names beside the folders that there are; a mistake in one entry costs that entry. */
export function listSubgraphs(root: string): RoverListing {
  const listing = parseRoverConfig(join(root, FILE));
  const { names, subgraphs } = listing;
  if (names === null) return listing;
  const folders = departmentFolders(root);
  const missing = subgraphs.filter(({ name }) => !existsSync(join(root, subgraphFolder(name))));
  const unnamed = folders.filter((name) => !names.includes(name));
  const faults = new Map<string, readonly Problem[]>([
    ...missing.map(({ name, place }) => [name, [folderMissing(name, place, unnamed)]] as const),
    ...unnamed.map((name) => [name, [notNamed(name, missing)]] as const),
  ]);
  return { ...listing, faults, problems: [...listing.problems, ...[...faults.values()].flat()] };
}

/** Names of the subgraphs that the supergraph was composed from. */
export function composedSubgraphs(root: string): readonly string[] {
  const file = join(root, 'schema', 'supergraph.graphql');
  if (!existsSync(file)) return [];
  const graphs = readFileSync(file, 'utf8').matchAll(/@join__graph\(name: "([^"]+)"/g);
  return [...graphs].map(([, name]) => name ?? '');
}

function parseRoverConfig(file: string): RoverListing {
  const nothing = { subgraphs: [], names: null, faults: new Map() };
  const read = readTextFile(file, FILE);
  if (read.kind === 'problem') return { ...nothing, problems: [read.problem] };
  const yaml = parsePlacedYaml(read.text, FILE);
  if (yaml.errors.length > 0) return { ...nothing, problems: syntaxProblems(yaml) };
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  const entries = entriesOf(yaml.value);
  return {
    subgraphs: entries.flatMap(([name, entry]): RoverSubgraph[] => {
      const sound = entryGrammar.safeParse(entry);
      if (!sound.success) return [];
      const place = yaml.placeOfKey(['subgraphs'], name);
      return [{ name, routingUrl: sound.data.routing_url, schemaFile: sound.data.schema.file, place }];
    }),
    names: entries.map(([name]) => name),
    faults: new Map(),
    problems: decoded.success ? [] : describeYamlIssues(decoded.error.issues, yaml, grammar),
  };
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  const subgraphs =
    typeof value === 'object' && value !== null && 'subgraphs' in value ? value.subgraphs : null;
  return typeof subgraphs === 'object' && subgraphs !== null ? Object.entries(subgraphs) : [];
}

/** Folders that hold a department: an SDL or mappings. */
function departmentFolders(root: string): readonly string[] {
  const parent = join(root, DEPARTMENTS);
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[^._]/.test(entry.name))
    .filter(({ name }) => readdirSync(join(parent, name)).some((file) => /\.(graphql|ya?ml)$/.test(file)))
    .map(({ name }) => name)
    .sort();
}

function folderMissing(name: string, place: Place, unnamed: readonly string[]): Problem {
  const near = nearestWord(name, unnamed);
  return {
    rule: 'missing-folder',
    severity: 'error',
    place,
    zh: `rover.yaml 列出了 ${name}，但没有文件夹 ${subgraphFolder(name)}${near === null ? '' : `，是否想写“${near}”`}。`,
    en: `rover.yaml names ${name}, but its folder ${subgraphFolder(name)} is missing${near === null ? '.' : `; did you mean "${near}"?`}`,
  };
}

function notNamed(name: string, missing: readonly RoverSubgraph[]): Problem {
  const near = missing.find((entry) => nearestWord(entry.name, [name]) !== null);
  return {
    rule: 'unnamed-folder',
    severity: 'error',
    place: near?.place ?? { file: FILE, line: 1, column: 1 },
    zh: `有文件夹 ${subgraphFolder(name)}，但 rover.yaml 没有列出 ${name}。`,
    en: `${subgraphFolder(name)} exists, but rover.yaml does not name it.`,
  };
}

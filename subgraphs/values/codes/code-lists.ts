import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MappingError, type Problem } from '../../../runtime/yaml/problem.js';
import { readTextFile } from '../../../runtime/yaml/read-text-file.js';
import { parseTownships, type Townships } from '../places/townships.js';
import type { CodeList, CodeLists } from './code-list.js';
import { type EnumOrders, parseCodeList } from './parse-code-list.js';

export type { CodeEntry, CodeList, CodeLists } from './code-list.js';
export type { EnumOrders } from './parse-code-list.js';

/** What `schema/codes/` says; part of the environment of every codec. */
export interface CodeFolder {
  readonly codeLists: CodeLists;
  readonly townships: Townships;
  /** What is wrong with the lists that cannot be used, by their names. */
  readonly faultyLists: ReadonlyMap<string, readonly Problem[]>;
}

/** The one file of the folder that is no code list. */
const TOWNSHIPS = 'county/townships';

/**
 * Reads every code list under a folder, and the county's townships. A faulty list costs the interfaces that use it,
 * nothing else.
 *
 * @param folder `schema/codes`.
 * @param enums values of the enums of the canonical schema and of the departments, gravest first.
 * @param root messages name files relative to this folder.
 * @throws {MappingError} when the townships cannot be read, with every problem of every file.
 */
export function loadCodeLists(folder: string, enums: EnumOrders, root: string): CodeFolder {
  const faultyLists = new Map<string, readonly Problem[]>();
  const codeLists = new Map<string, CodeList>();
  for (const path of yamlFiles(folder)) {
    const name = slashes(relative(folder, path)).replace(/\.ya?ml$/, '');
    if (name === TOWNSHIPS) continue;
    const file = slashes(relative(root, path));
    const read = readTextFile(path, file);
    const parsed =
      read.kind === 'text' ? parseCodeList(read.text, file, name, enums) : problemOnly(read.problem);
    if (parsed.kind === 'list') codeLists.set(name, parsed.list);
    else faultyLists.set(name, parsed.problems);
  }
  const townships = readTownships(folder, root);
  if (townships.kind === 'townships') return { codeLists, townships: townships.townships, faultyLists };
  throw new MappingError([...townships.problems, ...[...faultyLists.values()].flat()]);
}

function problemOnly(problem: Problem): { readonly kind: 'problems'; readonly problems: readonly Problem[] } {
  return { kind: 'problems', problems: [problem] };
}

function readTownships(folder: string, root: string): ReturnType<typeof parseTownships> {
  const path = join(folder, `${TOWNSHIPS}.yaml`);
  const file = slashes(relative(root, path));
  if (!existsSync(path)) return problemOnly(noTownships(file));
  const read = readTextFile(path, file);
  return read.kind === 'text' ? parseTownships(read.text, file) : problemOnly(read.problem);
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}

function noTownships(file: string): Problem {
  return {
    rule: 'no-townships',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    zh: '缺少乡镇清单文件。',
    en: "Cannot resolve townships: expected the county's list in this file, but there is none.",
  };
}

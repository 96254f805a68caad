import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MappingError, type Problem } from '../../../runtime/yaml/problem.js';
import { parseTownships, type Townships } from '../places/townships.js';
import type { CodeList, CodeLists } from './code-list.js';
import { type EnumOrders, parseCodeList } from './parse-code-list.js';

export type { CodeEntry, CodeList, CodeLists } from './code-list.js';
export type { EnumOrders } from './parse-code-list.js';

/** What `schema/codes/` says; part of the environment of every codec. */
export interface CodeFolder {
  readonly codeLists: CodeLists;
  readonly townships: Townships;
}

/** The one file of the folder that is no code list. */
const TOWNSHIPS = 'county/townships';

/**
 * Reads every code list under a folder, and the county's townships.
 *
 * @param folder `schema/codes`.
 * @param enums values of the enums of the canonical schema and of the departments, gravest first.
 * @param root messages name files relative to this folder.
 * @throws {MappingError} with every problem of every file.
 */
export function loadCodeLists(folder: string, enums: EnumOrders, root: string): CodeFolder {
  const problems: Problem[] = [];
  const codeLists = new Map<string, CodeList>();
  let townships: Townships | null = null;
  for (const path of yamlFiles(folder)) {
    const file = slashes(relative(root, path));
    const name = slashes(relative(folder, path)).replace(/\.ya?ml$/, '');
    const text = readFileSync(path, 'utf8');
    if (name === TOWNSHIPS) {
      const parsed = parseTownships(text, file);
      if (parsed.kind === 'townships') townships = parsed.townships;
      else problems.push(...parsed.problems);
      continue;
    }
    const parsed = parseCodeList(text, file, name, enums);
    if (parsed.kind === 'list') codeLists.set(name, parsed.list);
    else problems.push(...parsed.problems);
  }
  if (townships === null && problems.length === 0)
    problems.push(noTownships(slashes(relative(root, folder))));
  if (townships === null || problems.length > 0) throw new MappingError(problems);
  return { codeLists, townships };
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

function noTownships(folder: string): Problem {
  return {
    rule: 'no-townships',
    severity: 'error',
    place: { file: `${folder}/${TOWNSHIPS}.yaml`, line: 1, column: 1 },
    zh: '缺少乡镇清单文件。',
    en: "Cannot resolve townships: expected the county's list in this file, but there is none.",
  };
}

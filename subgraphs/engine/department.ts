import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Problem } from '../../runtime/yaml/problem.js';
import { subgraphFolder } from '../subgraph-folder.js';
import type { InterfaceMapping } from './mapping/mapping.js';
import { parseMapping } from './mapping/parse-mapping.js';

/** What a department's folder says. */
export interface DepartmentFiles {
  readonly name: string;
  readonly sdl: string;
  /** Null when the SDL does not parse. */
  readonly document: DocumentNode | null;
  readonly mappings: readonly InterfaceMapping[];
  readonly problems: readonly Problem[];
}

/**
 * Reads `schema.graphql` and every mapping of one department.
 *
 * @param root the project's folder, which paths in messages are relative to
 */
export function readDepartment(root: string, name: string): DepartmentFiles {
  const folder = join(root, subgraphFolder(name));
  const problems: Problem[] = [];
  const mappings: InterfaceMapping[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const path = join(folder, file);
    const parsed = parseMapping(readFileSync(path, 'utf8'), relative(root, path));
    if (parsed.kind === 'mapping') mappings.push(parsed.mapping);
    else problems.push(...parsed.problems);
  }
  const sdlFile = join(folder, 'schema.graphql');
  const sdl = readFileSync(sdlFile, 'utf8');
  return { name, sdl, document: parseSdl(sdl, relative(root, sdlFile), problems), mappings, problems };
}

function parseSdl(sdl: string, file: string, problems: Problem[]): DocumentNode | null {
  try {
    return parse(sdl);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const at = error.locations?.[0] ?? { line: 1, column: 1 };
    problems.push({
      rule: 'sdl-syntax',
      severity: 'error',
      place: { file, ...at },
      zh: `SDL 语法错误：${error.message}。`,
      en: `Cannot read the SDL: ${error.message}`,
    });
    return null;
  }
}

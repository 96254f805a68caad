import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Problem } from '../../runtime/yaml/problem.js';
import { readTextFile } from '../../runtime/yaml/read-text-file.js';
import { subgraphFolder } from '../subgraph-folder.js';
import { type BrokenInterface, breakFile } from './broken-interface.js';
import type { InterfaceMapping } from './mapping/mapping.js';
import { parseMapping } from './mapping/parse-mapping.js';

/** What a department's folder says. */
export interface DepartmentFiles {
  readonly name: string;
  readonly sdl: string;
  /** Null when the SDL does not parse. */
  readonly document: DocumentNode | null;
  readonly mappings: readonly InterfaceMapping[];
  /** Mapping files that cannot be used. */
  readonly broken: readonly BrokenInterface[];
  /** What is wrong with `schema.graphql`, if anything. */
  readonly sdlProblems: readonly Problem[];
  /** Everything that is wrong in the folder. */
  readonly problems: readonly Problem[];
}

/**
 * Reads `schema.graphql` and every mapping of one department. What is wrong is a problem, never a failure.
 *
 * @param root the project's folder, which paths in messages are relative to
 */
export function readDepartment(root: string, name: string): DepartmentFiles {
  const folder = join(root, subgraphFolder(name));
  const problems: Problem[] = [];
  const mappings: InterfaceMapping[] = [];
  const broken: BrokenInterface[] = [];
  for (const entry of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const path = join(folder, entry);
    const file = relative(root, path);
    if (entry.endsWith('.yml')) problems.push(wrongEnding(file));
    if (!entry.endsWith('.yaml')) continue;
    const read = readTextFile(path, file);
    const parsed =
      read.kind === 'text'
        ? parseMapping(read.text, file)
        : { kind: 'problems' as const, problems: [read.problem] };
    if (parsed.kind === 'mapping') {
      mappings.push(parsed.mapping);
      continue;
    }
    problems.push(...parsed.problems);
    broken.push(breakFile(name, file, read.kind === 'text' ? read.text : read.guess, parsed.problems));
  }
  const sdlFile = join(folder, 'schema.graphql');
  const sdl = readSdl(sdlFile, relative(root, sdlFile));
  return {
    name,
    sdl: sdl.text,
    document: sdl.document,
    mappings,
    broken,
    sdlProblems: sdl.problems,
    problems: [...problems, ...sdl.problems],
  };
}

function wrongEnding(file: string): Problem {
  return {
    rule: 'wrong-ending',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    zh: '映射文件的扩展名应为 .yaml，此文件未被读取。',
    en: 'The name of a mapping must end in .yaml: this file is not read.',
  };
}

interface ReadSdl {
  readonly text: string;
  /** Null when it cannot be read or does not parse. */
  readonly document: DocumentNode | null;
  readonly problems: readonly Problem[];
}

/** @param file path as it should be shown in messages. */
export function readSdl(path: string, file: string): ReadSdl {
  const read = readTextFile(path, file);
  if (read.kind === 'problem') return { text: '', document: null, problems: [read.problem] };
  try {
    return { text: read.text, document: parse(read.text, { noLocation: true }), problems: [] };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line, column } = error.locations?.[0] ?? { line: 1, column: 1 };
    const problem: Problem = {
      rule: 'sdl-syntax',
      severity: 'error',
      place: { file, line, column },
      zh: `SDL 语法错误：${error.message}。`,
      en: `Cannot read the SDL: ${error.message}`,
    };
    return { text: read.text, document: null, problems: [problem] };
  }
}

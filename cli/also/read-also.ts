import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type ReadConnections, readConnections } from '../../county/config/read-connections.js';
import { type PlacedYaml, parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { MappingError, type Problem } from '../../runtime/yaml/problem.js';
import { readTextFile } from '../../runtime/yaml/read-text-file.js';
import { describeYamlIssues, syntaxProblems } from '../../runtime/yaml/yaml-problems.js';

const grammar = z.strictObject({
  connections: z.record(z.string(), z.unknown()).optional(),
  departments: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, {
        error: '小写字母、数字和连字符组成的名称 | a name of lower-case letters, digits and dashes',
      }),
      z.string().min(1),
    )
    .optional(),
});

/** A department that is tried before it is in the tree. */
export interface AlsoDepartment {
  readonly name: string;
  /** Absolute: `schema.graphql`, one YAML per interface, code lists in `codes/`, golden rows in `samples/`. */
  readonly folder: string;
}

/** What a file adds to a county: `{connections: {trial: {…}}, departments: {fire: ./fire}}`. */
export interface Also extends ReadConnections {
  readonly departments: readonly AlsoDepartment[];
}

/**
 * Reads the file of `--also`. Relative paths are looked for beside it.
 *
 * @throws {MappingError} with every problem and its place; a wrong connection is a fault, as in a connections file.
 */
export function readAlso(file: string, environment: NodeJS.ProcessEnv): Also {
  const path = resolve(file);
  const read = readTextFile(path, file);
  if (read.kind === 'problem') throw new MappingError([read.problem]);
  const yaml = parsePlacedYaml(read.text, file);
  if (yaml.errors.length > 0) throw new MappingError(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) throw new MappingError(describeYamlIssues(decoded.error.issues, yaml, grammar));
  const departments = Object.entries(decoded.data.departments ?? {}).map(([name, folder]) => ({
    name,
    folder: resolve(dirname(path), folder),
  }));
  const missing = departments.filter(({ folder }) => !existsSync(folder));
  if (missing.length > 0) throw new MappingError(missing.map((one) => folderMissing(one, yaml)));
  return { ...readConnections(decoded.data.connections ?? {}, path, yaml, environment), departments };
}

function folderMissing({ name, folder }: AlsoDepartment, yaml: PlacedYaml): Problem {
  return {
    rule: 'missing-folder',
    severity: 'error',
    place: yaml.placeOf(['departments', name]),
    zh: `没有文件夹 ${folder}。`,
    en: `The folder of ${name} must be there, but ${folder} is not.`,
  };
}

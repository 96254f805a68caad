import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges } from 'graphql';
import type { Problem } from '../../runtime/yaml/problem.js';
import { type Composition, staleFiles } from './compose-supergraph.js';

/** Whether everything composes, breaks no client, and the committed schema is what the sources give. */
export function conform(root: string, composition: Composition): readonly Problem[] {
  const at = (file: string): Problem['place'] => ({ file, line: 1, column: 1 });
  if (composition.kind === 'refused') return composition.problems;
  const stale = staleFiles(root, composition.files).map(
    (file): Problem => ({
      rule: 'stale-schema',
      severity: 'error',
      place: at(file),
      zh: '生成的模式文件已过期，请运行 npm run compose。',
      en: 'This generated file must be what the sources give, but is not: run npm run compose and commit.',
    }),
  );
  return [...stale, ...breakingChanges(root, composition.files.get(join('schema', 'api.graphql')) ?? '')];
}

function breakingChanges(root: string, newApi: string): readonly Problem[] {
  let committed: string;
  try {
    committed = readFileSync(join(root, 'schema', 'api.graphql'), 'utf8');
  } catch {
    return [];
  }
  return findBreakingChanges(buildSchema(committed), buildSchema(newApi)).map((change) => ({
    rule: 'breaking-change',
    severity: 'error',
    place: { file: 'schema/api.graphql', line: 1, column: 1 },
    zh: '对调用方不兼容的变更。',
    en: `Callers must not break, but ${change.description}`,
  }));
}

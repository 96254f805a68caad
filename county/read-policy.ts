import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintPolicy } from '../gateway/access/policy/lint-policy.js';
import { type Policy, parsePolicy } from '../gateway/access/policy/policy.js';
import { MappingError, type Problem } from '../runtime/yaml/problem.js';

/** Name of the house's own policy, below the project's folder. */
const POLICY_FILE = join('schema', 'policy.yaml');

/**
 * Who may see what.
 *
 * @param file null: the house's own.
 * @throws {MappingError} when it has errors.
 */
export function readPolicy(root: string, file: string | null = null): Policy {
  return parsePolicy(...textOf(root, file));
}

/**
 * What is wrong with it.
 *
 * @param types names of the graph's types.
 */
export function checkPolicy(root: string, file: string | null, types: readonly string[]): readonly Problem[] {
  const [content, shownAs] = textOf(root, file);
  try {
    parsePolicy(content, shownAs);
  } catch (error) {
    if (error instanceof MappingError) return error.problems;
    throw error;
  }
  return lintPolicy(content, shownAs, types);
}

function textOf(root: string, file: string | null): [content: string, shownAs: string] {
  return [readFileSync(file ?? join(root, POLICY_FILE), 'utf8'), file ?? POLICY_FILE];
}

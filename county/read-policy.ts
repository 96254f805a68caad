import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Policy, parsePolicy } from '../gateway/access/policy/policy.js';

/** Name of the house's own policy, below the project's folder. */
const POLICY_FILE = join('schema', 'policy.yaml');

/**
 * Who may see what.
 *
 * @param file null: the house's own.
 * @throws {MappingError} when it has errors.
 */
export function readPolicy(root: string, file: string | null = null): Policy {
  return parsePolicy(readFileSync(file ?? join(root, POLICY_FILE), 'utf8'), file ?? POLICY_FILE);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../../runtime/project-root.js';
import { parsePolicy } from '../../policy/policy.js';
import { type RoleRules, rulesOfPolicy } from '../role-rules.js';

/** The roles of the house's own policy. */
export const HOUSE_RULES: RoleRules = rulesOfPolicy(
  parsePolicy(readFileSync(join(findProjectRoot(), 'schema/policy.yaml'), 'utf8'), 'schema/policy.yaml'),
);

import { higherLevel, type Level } from '../../../runtime/level.js';

/** What a field, argument, input field or enum value of the graph demands of whoever touches it. */
export interface Requirement {
  readonly level: Level;
  /** `@authenticated`, or either of the others. */
  readonly authenticated: boolean;
  /** `@requiresScopes`: each of these must be satisfied, by all scopes of one of its sets. */
  readonly scopes: readonly ScopeSets[];
  /** `@policy`: as scopes, of policies that the caller's role has. */
  readonly policies: readonly ScopeSets[];
}

/** One set of which all names are needed, or another one. */
export type ScopeSets = readonly (readonly string[])[];

export const OPEN: Requirement = { level: 'L1', authenticated: false, scopes: [], policies: [] };

/** What both demand. */
export function both(left: Requirement, right: Requirement): Requirement {
  if (left === OPEN) return right;
  if (right === OPEN) return left;
  return {
    level: higherLevel(left.level, right.level),
    authenticated: left.authenticated || right.authenticated,
    scopes: [...left.scopes, ...right.scopes],
    policies: [...left.policies, ...right.policies],
  };
}

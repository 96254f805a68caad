import { join } from 'node:path';

/**
 * Where the keys lie that vouch for callers of demo counties. All of a project's have the same, and they outlive a county that
 * is built anew: a token goes on working.
 */
export function demoKeysFolder(root: string): string {
  return join(root, 'var', 'demo-keys');
}

import type { Problem } from '../runtime/yaml/problem.js';
import type { ConnectionDialects } from '../subgraphs/engine/check/lint-source.js';
import type { Config } from './config/config.js';

/** What mappings may name: the dialect of each connection, or what is wrong with its configuration. */
export function connectionDialects({ connections, faults }: Config): ConnectionDialects {
  const known = new Map<string, string | Problem>();
  for (const [name, { dialect }] of connections) known.set(name, dialect);
  for (const [name, [first]] of faults) if (first !== undefined) known.set(name, first);
  return known;
}

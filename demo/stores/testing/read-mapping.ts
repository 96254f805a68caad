import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { subgraphFolder } from '../../../subgraphs/subgraph-folder.js';

/** The text of one mapping. @param file a subgraph and its mapping, e.g. `market/penalty.yaml`. */
export function readMapping(file: string): string {
  const [subgraph = '', name = ''] = file.split('/');
  return readFileSync(join(findProjectRoot(), subgraphFolder(subgraph), name), 'utf8');
}
